"""What every serializer does, on a small one of our own."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from gcsa.serializers.base_serializer import BaseSerializer, copy_json
from gcsa.serializers.page import Page


class RedApple:
    def __init__(self, name: str | None, other: dict[str, Any]) -> None:
        self.name = name
        self.other = other


class RedAppleSerializer(BaseSerializer[RedApple]):
    type_ = RedApple

    def __init__(self, red_apple: RedApple | dict[str, Any] | str) -> None:
        super().__init__(red_apple)

    @classmethod
    def write(cls, obj: RedApple) -> dict[str, Any]:
        return {"name": obj.name, **obj.other}

    @classmethod
    def read(cls, resource: dict[str, Any]) -> RedApple:
        # It keeps what it was given, as a serializer may.
        return RedApple(resource.get("name"), resource)


JSON = {"name": "Gala", "places": [{"name": "here"}]}
TEXT = '{"name": "Gala", "places": [{"name": "here"}]}'


class TestItsDefinition:
    def test_a_serializer_has_to_say_what_it_serializes(self) -> None:
        with pytest.raises(AssertionError, match="PearSerializer has to set type_"):

            class PearSerializer(BaseSerializer[RedApple]):
                def __init__(self, red_apple: RedApple) -> None:
                    super().__init__(red_apple)

    def test_its_parameter_has_to_be_named_after_the_type(self) -> None:
        with pytest.raises(
            AssertionError,
            match=r"PearSerializer\.__init__ has to have exactly one parameter, named 'red_apple' "
            "after RedApple; it has pear",
        ):

            class PearSerializer(BaseSerializer[RedApple]):
                type_ = RedApple

                def __init__(self, pear: RedApple) -> None:
                    super().__init__(pear)

    def test_it_has_to_have_one_parameter_only(self) -> None:
        with pytest.raises(AssertionError, match="it has red_apple, size"):

            class PearSerializer(BaseSerializer[RedApple]):
                type_ = RedApple

                def __init__(self, red_apple: RedApple, size: int) -> None:
                    super().__init__(red_apple)

    def test_it_has_to_have_an_init_of_its_own(self) -> None:
        with pytest.raises(AssertionError, match="named 'red_apple'"):

            class PearSerializer(BaseSerializer[RedApple]):
                type_ = RedApple

    @pytest.mark.parametrize(
        ("type_name", "parameter"),
        [
            ("Event", "event"),
            ("FreeBusy", "free_busy"),
            ("ACLRule", "acl_rule"),
            ("ConferenceSolutionCreateRequest", "conference_solution_create_request"),
            ("Html5Page", "html5_page"),
        ],
    )
    def test_names_become_snake_case(self, type_name: str, parameter: str) -> None:
        namespace: dict[str, Any] = {"BaseSerializer": BaseSerializer}
        exec(
            f"class {type_name}: pass\n"
            f"class S(BaseSerializer):\n"
            f"    type_ = {type_name}\n"
            f"    def __init__(self, {parameter}): pass\n",
            namespace,
        )
        assert namespace["S"].type_.__name__ == type_name

    def test_a_serializer_may_be_derived_from_another(self) -> None:
        class Derived(RedAppleSerializer):
            pass

        assert Derived.to_object(JSON).name == "Gala"

    def test_one_that_overrides_the_public_methods_works_as_well(self) -> None:
        class Shouting(RedAppleSerializer):
            @classmethod
            def to_json(cls, obj: RedApple) -> dict[str, Any]:
                return {"name": "GALA"}

        assert Shouting(RedApple("Gala", {})).get_json() == {"name": "GALA"}

    def test_what_is_not_implemented_says_so(self) -> None:
        class Nothing(BaseSerializer[RedApple]):
            type_ = RedApple

            def __init__(self, red_apple: RedApple) -> None:
                super().__init__(red_apple)

        with pytest.raises(NotImplementedError, match="Nothing does not implement write"):
            Nothing.to_json(RedApple(None, {}))
        with pytest.raises(NotImplementedError, match="Nothing does not implement read"):
            Nothing.to_object({})


class TestAnInstance:
    def test_of_an_object(self) -> None:
        apple = RedApple("Gala", {})
        serializer = RedAppleSerializer(apple)
        assert serializer.get_object() is apple
        assert serializer.get_json() == {"name": "Gala"}

    def test_of_a_dict(self) -> None:
        serializer = RedAppleSerializer(JSON)
        assert serializer.get_object().name == "Gala"
        assert serializer.get_object() is serializer.get_object()
        assert serializer.get_json() == JSON

    def test_of_a_string(self) -> None:
        serializer = RedAppleSerializer(TEXT)
        assert serializer.get_object().name == "Gala"
        assert serializer.get_json() == JSON

    def test_what_it_returns_is_nobody_elses(self) -> None:
        given = copy.deepcopy(JSON)
        serializer = RedAppleSerializer(given)
        given["places"].clear()
        serializer.get_json()["places"].clear()
        serializer.get_object().other["places"].clear()
        assert serializer.get_json() == JSON

    @pytest.mark.parametrize("odd", [None, 5, ["a"], b"{}", object()])
    def test_of_anything_else_is_refused(self, odd: Any) -> None:
        with pytest.raises(
            TypeError,
            match="RedAppleSerializer takes RedApple, a dict or a JSON string, not "
            + type(odd).__name__,
        ):
            RedAppleSerializer(odd)


class TestToJson:
    def test_it_shares_nothing_with_the_object(self) -> None:
        apple = RedApple("Gala", {"places": [{"name": "here"}]})
        RedAppleSerializer.to_json(apple)["places"][0]["name"] = "there"
        assert apple.other == {"places": [{"name": "here"}]}

    @pytest.mark.parametrize("odd", [None, JSON, "Gala"])
    def test_it_takes_nothing_else(self, odd: Any) -> None:
        with pytest.raises(TypeError, match="to_json") as raised:
            RedAppleSerializer.to_json(odd)
        assert str(raised.value) == (
            f"RedAppleSerializer.to_json takes RedApple, not {type(odd).__name__}."
        )


class TestToObject:
    def test_of_a_dict_and_of_text(self) -> None:
        assert RedAppleSerializer.to_object(JSON).name == "Gala"
        assert RedAppleSerializer.to_object(TEXT).name == "Gala"

    def test_the_object_shares_nothing_with_the_dict(self) -> None:
        given = copy.deepcopy(JSON)
        apple = RedAppleSerializer.to_object(given)
        given["places"][0]["name"] = "there"
        assert apple.other == JSON

    def test_text_that_is_not_json_is_refused(self) -> None:
        with pytest.raises(ValueError, match="Expecting"):
            RedAppleSerializer.to_object("{name: Gala}")

    def test_text_that_is_nested_without_end_is_refused(self) -> None:
        with pytest.raises(ValueError, match="nested as deeply as nothing of Google's is"):
            RedAppleSerializer.to_object('{"a":' * 100_000 + "1" + "}" * 100_000)

    def test_json_that_is_no_object_is_refused(self) -> None:
        with pytest.raises(TypeError, match="A JSON object was expected, not list"):
            RedAppleSerializer.to_object("[]")

    @pytest.mark.parametrize("odd", [None, 5, ["a"], b"{}"])
    def test_anything_else_is_refused(self, odd: Any) -> None:
        with pytest.raises(TypeError, match="A JSON object was expected, not"):
            RedAppleSerializer.to_object(odd)


class TestEnsureDict:
    def test_a_dict_is_returned_as_it_is(self) -> None:
        assert BaseSerializer.ensure_dict(JSON) is JSON

    def test_text_is_read(self) -> None:
        assert BaseSerializer.ensure_dict(TEXT) == JSON

    def test_anything_else_is_refused(self) -> None:
        with pytest.raises(TypeError, match="A JSON object was expected, not int"):
            BaseSerializer.ensure_dict(5)


class TestBytes:
    def test_an_object_is_read_from_a_body(self) -> None:
        assert RedAppleSerializer.from_bytes(TEXT.encode()).name == "Gala"

    @pytest.mark.parametrize("body", [b"", b"<html>", b'{"name": "Ga', b"\xff\xfe\xfd"])
    def test_a_body_that_is_not_json_is_a_value_error(self, body: bytes) -> None:
        with pytest.raises(ValueError, match=r"Expecting|Unterminated|codec can't decode"):
            RedAppleSerializer.from_bytes(body)

    @pytest.mark.parametrize("body", [b"[]", b"null", b'"Gala"'])
    def test_a_body_that_is_no_object_is_a_type_error(self, body: bytes) -> None:
        with pytest.raises(TypeError, match="A JSON object was expected"):
            RedAppleSerializer.from_bytes(body)
        with pytest.raises(TypeError, match="A JSON object was expected"):
            RedAppleSerializer.page_from_bytes(body)

    def test_what_the_fast_decoder_refuses_is_read_all_the_same(self) -> None:
        body = b'{"name": "\\ud800", "size": 1e999}'
        assert RedAppleSerializer.from_bytes(body).other == {"name": "\ud800", "size": float("inf")}

    def test_large_numbers_stay_whole(self) -> None:
        number = 2**64 + 1
        assert RedAppleSerializer.from_bytes(b'{"n": %d}' % number).other == {"n": number}


class TestPages:
    def test_a_page_has_items_tokens_and_the_rest(self) -> None:
        page = RedAppleSerializer.page_from_bytes(
            b'{"items": [{"name": "Gala"}, {"name": "Idared"}], "nextPageToken": "p",'
            b' "nextSyncToken": "s", "etag": "e", "accessRole": "owner"}'
        )
        assert [apple.name for apple in page.items] == ["Gala", "Idared"]
        assert (page.next_page_token, page.next_sync_token) == ("p", "s")
        assert page.other == {"etag": "e", "accessRole": "owner"}

    def test_an_empty_page(self) -> None:
        assert RedAppleSerializer.page_from_bytes(b"{}") == Page(
            items=[], next_page_token=None, next_sync_token=None, other={}
        )

    @pytest.mark.parametrize(
        ("body", "names", "other"),
        [
            (b'{"items": null}', [], {}),
            (b'{"items": 5}', [], {"items": 5}),
            (b'{"items": [null, {"name": "Gala"}, 5]}', ["Gala"], {"items": [None, 5]}),
            (b'{"nextPageToken": 5}', [], {"nextPageToken": 5}),
            (b'{"nextSyncToken": null}', [], {"nextSyncToken": None}),
        ],
    )
    def test_what_is_odd_is_kept(self, body: bytes, names: list[str], other: object) -> None:
        page = RedAppleSerializer.page_from_bytes(body)
        assert [apple.name for apple in page.items] == names
        assert (page.next_page_token, page.next_sync_token) == (None, None)
        assert page.other == other

    def test_a_page_does_not_change(self) -> None:
        with pytest.raises(AttributeError):
            RedAppleSerializer.page_from_bytes(b"{}").items = []


def test_a_copy_of_json_shares_no_dict_and_no_list() -> None:
    value = {"a": [{"b": [1, None, "c"]}]}
    same = copy_json(value)
    assert same == value
    same["a"][0]["b"].append(2)
    same["a"].append({})
    assert value == {"a": [{"b": [1, None, "c"]}]}


def test_a_copy_leaves_what_is_no_json_as_it_is() -> None:
    class Unknown: ...

    unknown = Unknown()
    given = {"list": [unknown, {"text": "a"}]}
    copied = copy_json(given)
    assert copied == given
    assert copied["list"] is not given["list"]
    assert copied["list"][0] is unknown
