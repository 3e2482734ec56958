"""Proofs by signed heads: that an event is in the log, and that the log extends an older head."""

from domain.log.checkpoint import parse_proved_head
from tests.kiosk.backups.heads.conftest import EDIT, Site, write_head
from tests.kiosk.conftest import read_head
from tests.support.tampering import chain_again, open_unguarded


def test_an_event_is_proved_by_the_last_signed_head_and_a_later_one_by_the_head_of_now(site: Site) -> None:
    head = site.list_heads(site.usb)[-1].read_text()
    proof = site.run("prove", "6")
    assert proof.status == 0
    assert proof.out.startswith("c2sp.org/tlog-proof@v1\nextra ")
    assert "\nindex 5\n" in proof.out
    assert proof.out.endswith(head.partition("\n\n")[2])
    latest = site.run("prove", str(read_head(site.home)[0]))
    assert (latest.status, "—" in latest.out, "nobody has signed" in latest.err) == (0, False, True)
    assert proof.err == ""


def test_a_log_proves_that_it_extends_an_older_head(site: Site) -> None:
    first, *_, last = site.list_heads(site.usb)
    proved = parse_proved_head(site.run("prove", "--from", first).out)
    assert proved.extends(parse_proved_head(first.read_text()).checkpoint)
    now = parse_proved_head(site.run("prove", "--from", site.usb).out)
    assert now.extends(parse_proved_head(last.read_text()).checkpoint)
    assert now.note.lines == ()
    typed = "{}:{}".format(*write_head(parse_proved_head(first.read_text()).checkpoint.head))
    assert parse_proved_head(site.run("prove", "--from", typed).out) == proved


def test_where_the_last_signed_head_is_the_end_of_the_log_it_stands_in_the_proof(site: Site) -> None:
    assert site.run("reconcile").status == 0
    last = site.list_heads(site.usb)[-1]
    proof = site.run("prove", "--from", last)
    assert (proof.status, proof.err, "—" in proof.out) == (0, "", True)


def test_what_cannot_be_proved_is_said(site: Site, other: Site) -> None:
    end, chain = write_head(read_head(site.home))
    refused = {
        ("prove",): "name the number of an event",
        ("prove", "3", "--from", str(site.usb)): "name the number of an event",
        ("prove", str(end + 1)): f"no event {end + 1}: it ends at {end}",
        ("prove", "--from", chain): "a proof needs its position too",
        ("prove", "--from", str(other.home / "heads")): "it is another log",
        ("prove", "--from", f"{end + 1}:{chain}"): "it ends at position",
        ("prove", "--from", f"{end - 1}:{chain}"): "is not the one",
    }
    for words, why in refused.items():
        ended = site.run(*words)
        assert (ended.out, ended.err.count("\n"), why in ended.err) == ("", 1, True), ended
        assert ended.status in (1, 2)


def test_nothing_is_proved_of_a_log_that_is_not_whole_or_is_another_than_was_signed(site: Site) -> None:
    with open_unguarded(site.home / "log.db") as tool:
        tool.execute(EDIT)
    assert "does not fit the chain" in site.run("prove", "6").err
    with open_unguarded(site.home / "log.db") as tool:
        chain_again(tool)
    (site.home / "log.head").unlink()
    ended = site.run("prove", "6")
    assert (ended.status, "names another tree" in ended.err) == (1, True)
