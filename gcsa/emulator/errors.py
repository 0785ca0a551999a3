"""Google's errors: what the API answers when it cannot do what was asked.

The shapes are those of https://developers.google.com/workspace/calendar/api/guides/errors: a list of errors, each
with domain, reason and message, and, where one part of the request is to blame, its kind and name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from gcsa.emulator.http import Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

JSON_HEADERS: Mapping[str, str] = {"content-type": "application/json; charset=UTF-8"}


class ApiError(Exception):
    """An answer with an error status.

    Args:
        status: The HTTP status.
        reason: Google's word for the cause, such as 'notFound'.
        message: The sentence that a person reads.
        domain: 'global', 'calendar' or 'usageLimits'.
        location: The name of the parameter or header to blame.
        location_type: 'parameter' or 'header'.
        headers: Headers of the answer besides its content type.
    """

    def __init__(
        self,
        status: int,
        reason: str,
        message: str,
        *,
        domain: str = "global",
        location: str | None = None,
        location_type: str = "parameter",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {reason}: {message}")
        self.status = status
        self.reason = reason
        self.message = message
        self.domain = domain
        self.location = location
        self.location_type = location_type
        self.headers = headers

    def body(self) -> bytes:
        """Return Google's JSON for this error."""
        error: dict[str, Any] = {
            "domain": self.domain,
            "reason": self.reason,
            "message": self.message,
        }
        if self.location is not None:
            error |= {"locationType": self.location_type, "location": self.location}
        document = {
            "error": {"errors": [error], "code": self.status, "message": self.message},
        }
        return msgspec.json.format(msgspec.json.encode(document), indent=1)

    def response(self) -> Response:
        """Return the HTTP answer for this error."""
        return Response(self.status, {**JSON_HEADERS, **(self.headers or {})}, self.body())

    # 400 ------------------------------------------------------------------------------------------------

    @classmethod
    def invalid(cls, message: str = "Invalid Value", *, location: str | None = None) -> ApiError:
        """A value that cannot be: 400 `invalid`."""
        return cls(400, "invalid", message, location=location)

    @classmethod
    def invalid_parameter(cls, name: str, message: str) -> ApiError:
        """A parameter whose text is not of its type or out of its range: 400 `invalidParameter`."""
        return cls(400, "invalidParameter", message, location=name)

    @classmethod
    def bad_request(cls, message: str = "Bad Request") -> ApiError:
        """What Google says of a time that is not RFC 3339: 400 `badRequest`.

        Source: https://stackoverflow.com/questions/17133777/google-calendar-api-400-response
        """
        return cls(400, "badRequest", message)

    @classmethod
    def parse_error(cls) -> ApiError:
        """A body that is not JSON: 400 `parseError`."""
        return cls(400, "parseError", "Parse Error")

    @classmethod
    def required(cls, message: str, *, location: str | None = None) -> ApiError:
        """Something that may not be left out: 400 `required`."""
        return cls(400, "required", message, location=location)

    @classmethod
    def required_parameter(cls, name: str) -> ApiError:
        """A query parameter that may not be left out: 400 `required`."""
        return cls.required(f"Required parameter: {name}", location=name)

    @classmethod
    def time_range_empty(cls, location: str | None = None) -> ApiError:
        """A range that ends before, or when, it begins: 400 `timeRangeEmpty` of domain `calendar`.

        Source: https://developers.google.com/workspace/calendar/api/guides/errors#400_bad_request
        """
        return cls(
            400,
            "timeRangeEmpty",
            "The specified time range is empty.",
            domain="calendar",
            location=location,
        )

    @classmethod
    def event_type_restriction(cls, message: str) -> ApiError:
        """Something that events of a type cannot have or do: 400 `eventTypeRestriction`.

        Source: https://developers.google.com/workspace/calendar/api/guides/errors
        """
        return cls(400, "eventTypeRestriction", message, domain="calendar")

    @classmethod
    def cannot_change_organizer(cls) -> ApiError:
        """Moving an event from a calendar that is not its organizer: 400 `cannotChangeOrganizer`.

        The reason is one that https://github.com/GAM-team/GAM (gamlib/glgapi.py) knows.
        """
        return cls(
            400,
            "cannotChangeOrganizer",
            "Cannot change the organizer of an event.",
            domain="calendar",
        )

    @classmethod
    def cannot_change_organizer_of_instance(cls) -> ApiError:
        """Moving one instance of a series: 400 `cannotChangeOrganizerOfInstance`.

        The reason is one that https://github.com/GAM-team/GAM (gamlib/glgapi.py) knows.
        """
        return cls(
            400,
            "cannotChangeOrganizerOfInstance",
            "Cannot change the organizer of an instance.",
            domain="calendar",
        )

    # 401 ------------------------------------------------------------------------------------------------

    @classmethod
    def login_required(cls) -> ApiError:
        """No credentials at all: 401 `required`."""
        return cls(
            401,
            "required",
            "Login Required",
            location="Authorization",
            location_type="header",
            headers={"www-authenticate": 'Bearer realm="https://accounts.google.com/"'},
        )

    @classmethod
    def invalid_credentials(cls) -> ApiError:
        """A token that is unknown, expired or revoked: 401 `authError`.

        Source: https://developers.google.com/workspace/calendar/api/guides/errors#401_invalid_credentials
        """
        return cls(
            401,
            "authError",
            "Invalid Credentials",
            location="Authorization",
            location_type="header",
            headers={
                "www-authenticate": (
                    'Bearer realm="https://accounts.google.com/", error="invalid_token"'
                )
            },
        )

    # 403 ------------------------------------------------------------------------------------------------

    @classmethod
    def forbidden(cls, message: str = "Forbidden") -> ApiError:
        """Something that this user may not do: 403 `forbidden`."""
        return cls(403, "forbidden", message)

    @classmethod
    def insufficient_permissions(cls, scopes: Iterable[str]) -> ApiError:
        """A token whose scopes do not cover the method: 403 `insufficientPermissions`.

        Source: https://developers.google.com/workspace/calendar/api/guides/errors,
        https://datatracker.ietf.org/doc/html/rfc6750#section-3.1

        Args:
            scopes: The scopes of which one would do.
        """
        return cls(
            403,
            "insufficientPermissions",
            "Insufficient Permission",
            headers={
                "www-authenticate": (
                    'Bearer realm="https://accounts.google.com/", error="insufficient_scope",'
                    f' scope="{" ".join(scopes)}"'
                )
            },
        )

    @classmethod
    def access_level_required(cls, role: str) -> ApiError:
        """The role on the calendar does not allow it: 403 `requiredAccessLevel`."""
        return cls(
            403,
            "requiredAccessLevel",
            f"You need to have {role} access to this calendar.",
            domain="calendar",
        )

    @classmethod
    def forbidden_for_non_organizer(cls) -> ApiError:
        """A change to shared properties by a guest: 403 `forbiddenForNonOrganizer`.

        Source: https://developers.google.com/workspace/calendar/api/guides/errors
        """
        return cls(
            403,
            "forbiddenForNonOrganizer",
            "Shared properties can only be changed by the organizer of the event.",
            domain="calendar",
        )

    # 404, 409, 410, 412 ---------------------------------------------------------------------------------

    @classmethod
    def not_found(cls) -> ApiError:
        """No such calendar, event or rule, or none that this user may know of: 404 `notFound`.

        Source: https://developers.google.com/workspace/calendar/api/guides/errors#404_not_found
        """
        return cls(404, "notFound", "Not Found")

    @classmethod
    def duplicate(cls) -> ApiError:
        """An id that is taken: 409 `duplicate`.

        Source: https://developers.google.com/workspace/calendar/api/guides/errors
        """
        return cls(409, "duplicate", "The requested identifier already exists.")

    @classmethod
    def deleted(cls) -> ApiError:
        """A resource that was there once: 410 `deleted`."""
        return cls(410, "deleted", "Resource has been deleted")

    @classmethod
    def full_sync_required(cls) -> ApiError:
        """A sync token that is no longer, or never was, good here: 410 `fullSyncRequired`.

        Source: https://developers.google.com/workspace/calendar/api/guides/errors#410_gone
        """
        return cls(
            410,
            "fullSyncRequired",
            "Sync token is no longer valid, a full sync is required.",
            location="syncToken",
        )

    @classmethod
    def updated_min_too_long_ago(cls) -> ApiError:
        """An `updatedMin` from before deleted events are kept: 410 `updatedMinTooLongAgo`.

        Source: https://developers.google.com/workspace/calendar/api/guides/errors#410_gone
        """
        return cls(
            410,
            "updatedMinTooLongAgo",
            "The requested minimum modification time lies too far in the past.",
            domain="calendar",
            location="updatedMin",
        )

    @classmethod
    def precondition_failed(cls) -> ApiError:
        """The resource has another etag than `If-Match` says: 412 `conditionNotMet`.

        Source: https://developers.google.com/workspace/calendar/api/guides/errors#412_precondition_failed
        """
        return cls(
            412,
            "conditionNotMet",
            "Precondition Failed",
            location="If-Match",
            location_type="header",
        )

    @classmethod
    def too_large(cls) -> ApiError:
        """A body over the limit: 413 `uploadTooLarge`."""
        return cls(413, "uploadTooLarge", "Request is too large.")
