"""What the unit keeps of a volunteer: record book, badge, insurance, and why they leave."""

from domain.model.volunteer import Volunteer
from kiosk.home import Home
from tests.kiosk.desk.conftest import Browser, DeskSite
from tests.kiosk.desk.people.conftest import act, enrol, find_hint, open_data, show


def test_a_record_book_is_registered_once_and_a_lost_one_replaced(browser: Browser) -> None:
    """R-009, R-010; the number is not shown."""
    enrol(browser, "V080")
    enrol(browser, "V081")
    assert "<dt>紀錄冊</dt><dd>還沒有登記</dd>" in show(browser, "V080")
    book = {"book_number": "110-0042", "book_issued_on": "110/3/2", "book_authority": "臺中市政府"}
    assert act(browser, "V080", "book", **book).status == 303
    page = show(browser, "V080")
    assert ("<dt>紀錄冊</dt><dd>有</dd>" in page, "110-0042" in page) == (True, False)
    refused = act(browser, "V081", "book", book_number="１１０-0042")
    assert (refused.status, "這個冊號是志工 V080 的紀錄冊" in refused.text) == (422, True)
    assert 'value="１１０-0042"' in refused.text, "what was typed is kept"
    assert act(browser, "V080", "reissue", reissue_why="lost", reissue_number="115-0001").status == 303


def test_who_keeps_the_record_book_is_stated(browser: Browser) -> None:
    """R-012 Ex: spot check of a day."""
    enrol(browser, "V089")
    act(browser, "V089", "book")
    assert "<dt>紀錄冊</dt><dd>有，還不知道冊號</dd>" in show(browser, "V089")
    assert act(browser, "V089", "custody", custody="with_volunteer", custody_on="2026-01-19").status == 303
    assert "2026-01-19 確認由本人保管" in show(browser, "V089")
    assert act(browser, "V089", "custody", custody="elsewhere", custody_on="2026-01-20").status == 303
    assert "<br>2026-01-20 確認不在本人手上</dd>" in show(browser, "V089")


def test_a_badge_waits_for_training_and_is_taken_back(browser: Browser) -> None:
    """R-006, R-008."""
    enrol(browser, "V082")
    refused = act(browser, "V082", "badge", badge_number="115-07")
    assert (refused.status, "缺少的訓練：基礎訓練、特殊訓練 戶政" in refused.text) == (422, True)
    enrol(browser, "V083", basic_on="115/3/1", special_on="115/3/1", special_category="戶政")
    assert act(browser, "V083", "badge", badge_number="115-07", badge_expires_on="2099-12-31").status == 303
    assert "有效，到 2099-12-31" in show(browser, "V083")
    assert act(browser, "V083", "badge_back", badge_back_reason="調離").status == 303
    assert "已經收回" in show(browser, "V083")


def test_insurance_is_entered_renewed_and_a_wrong_entry_taken_back(browser: Browser) -> None:
    """R-071, R-100, R-121."""
    enrol(browser, "V084")
    wrong = act(browser, "V084", "insure", insured_from="2026/2/30", insured_to="2026-12-31")
    assert (wrong.status, "看不懂這個日期" in find_hint(wrong, "insured_from")) == (422, True)
    assert "V084" in browser.get("/people?lack=insurance").text
    assert act(browser, "V084", "insure", insured_from="2020-01-01", insured_to="2098-12-31").status == 303
    page = show(browser, "V084")
    assert "<dd>2020-01-01 到 2098-12-31</dd>" in page
    listed = browser.get("/people?lack=insurance").text
    assert ("volunteer=V084" in listed, "投保 1／" in listed) == (False, True)
    entry = page.split('name="paper_entry"')[1].split('value="')[1].partition('"')[0]
    assert act(browser, "V084", "paper", paper_entry=entry, paper_reason="打錯人").status == 303
    assert "今天沒有登記保險" in show(browser, "V084")


def test_who_has_no_record_book_is_listed(browser: Browser) -> None:
    """R-101."""
    enrol(browser, "V085")
    enrol(browser, "V086")
    act(browser, "V085", "book", book_number="110-0085")
    listed = browser.get("/people?lack=book").text
    assert ("volunteer=V085" in listed, "volunteer=V086" in listed, "領冊" in listed) == (False, True, True)


def test_a_national_id_that_is_mistyped_is_a_fault_of_its_field(browser: Browser) -> None:
    """R-014, V-19."""
    page = enrol(browser, "V087", national_id="A123456788")
    assert (page.status, "號碼不對" in find_hint(page, "national_id")) == (422, True)
    assert enrol(browser, "V087", national_id="a123456789", education="大學").status == 303
    assert "A123456789" not in show(browser, "V087")
    assert 'value="A123456789"' in open_data(browser, "V087").text


def test_why_a_volunteer_leaves_is_chosen_from_a_list(site: DeskSite, browser: Browser) -> None:
    """R-077."""
    enrol(browser, "V088")
    assert act(browser, "V088", "end", end_on="2026-04-01", end_code="moved", end_reason="搬到臺南").status == 303
    with Home.open(site.home) as home:
        volunteer = home.people.find_id("V088")
        assert volunteer
        ended = home.log.read_stream(volunteer)[-1].event
        assert isinstance(ended, Volunteer.AgreementEnded)
        assert ended.reason_code == "moved"
