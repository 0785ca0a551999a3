from gcsa.emulator.contract import contract, contract_bytes
from gcsa.emulator.distill import contract_text, google_document
from gcsa.emulator.routes import answered_methods


def test_the_contract_is_what_googles_discovery_document_says_today():
    assert contract_bytes().decode() == contract_text(google_document()), (
        "run: python -m gcsa.emulator.distill"
    )


def test_the_contract_has_all_38_methods_of_the_discovery_document():
    document = google_document()
    methods = {
        method["id"]
        for resource in document["resources"].values()
        for method in resource["methods"].values()
    }
    assert set(contract().methods) == methods
    assert len(methods) == 38


def test_the_contract_has_no_prose():
    assert b'"description": "' not in contract_bytes()


def test_what_only_prose_says_of_a_field_is_a_keyword_in_the_contract():
    event = contract().schemas["Event"].properties
    entry_point = contract().schemas["EntryPoint"].properties
    assert event["htmlLink"].readOnly
    assert not event["summary"].readOnly
    assert event["status"].enum == ("confirmed", "tentative", "cancelled")
    assert event["attachments"].maxItems == 25
    assert entry_point["uri"].maxLength == 1300
    assert entry_point["pin"].maxLength == 128


def test_every_method_of_events_but_watch_is_answered_by_the_events_modules():
    events = {name for name in contract().methods if name.startswith("calendar.events.")}
    assert events - answered_methods() <= {"calendar.events.watch"}


def test_the_discovery_endpoint_serves_the_contract_without_credentials(caller, emulator):
    from gcsa.emulator import Request

    response = emulator.handle(Request.of("GET", "/discovery/v1/apis/calendar/v3/rest"))
    assert response.status == 200
    assert b'"calendar.events.insert"' in response.body
