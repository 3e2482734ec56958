"""Which language the environment asks for, and who hears it."""

from threading import Thread

import pytest

from kiosk.words.command_line import CommandLineText
from kiosk.words.errors import HomeText
from kiosk.words.language import StaffLanguage, choose_language, find_language, use_language, use_program_language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, None),
        ({"LANG": ""}, None),
        ({"LANG": "zh_TW.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_TW"}, "zh-TW"),
        ({"LANG": "zh_HK.UTF-8"}, "zh-TW"),
        ({"LANG": "zh-Hant"}, "zh-TW"),
        ({"LANG": "zh_CN.UTF-8"}, None),
        ({"LANG": "zh_TW.UTF-8@x"}, "zh-TW"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, None),
        ({"LANG": "C"}, None),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "POSIX"}, None),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_TW.UTF-8"}, "en"),
        ({"LC_MESSAGES": "", "LANG": "zh_TW.UTF-8"}, "zh-TW"),
        ({"LC_ALL": "zh_TW.UTF-8", "LC_MESSAGES": "en_GB.UTF-8", "LANG": "en_GB.UTF-8"}, "zh-TW"),
        ({"LC_ALL": "C", "LANG": "zh_TW.UTF-8"}, None),
        ({"LANGUAGE": "zh_TW", "LC_ALL": "en_US.UTF-8"}, "zh-TW"),
        ({"LANGUAGE": "zh_TW"}, "zh-TW"),
        ({"LANGUAGE": "de:en:zh_TW", "LANG": "zh_TW.UTF-8"}, "en"),
        ({"LANGUAGE": "de", "LANG": "zh_TW.UTF-8"}, "zh-TW"),
        ({"LANGUAGE": "zh_TW:en", "LC_ALL": "C"}, None),
    ],
)
def test_the_environment_chooses_as_gettext_reads_it(
    environment: dict[str, str], language: StaffLanguage | None
) -> None:
    assert choose_language(environment) == language


def test_one_that_is_answered_hears_their_own_language_and_others_that_of_the_program() -> None:
    heard = list[str]()
    with use_program_language("zh-TW"), use_language("en"):
        thread = Thread(target=lambda: heard.append(CommandLineText.ALL_WELL.fill()))
        thread.start()
        thread.join()
        heard.append(CommandLineText.ALL_WELL.fill())
    assert heard == ["一切正常", "all is well"]
    assert find_language() == "en"


def test_what_the_system_says_is_put_into_chinese_where_it_is_known() -> None:
    with use_language("zh-TW"):
        full = HomeText.CANNOT_WRITE.fill(path="/x", strerror="No space left on device")
        rare = HomeText.CANNOT_WRITE.fill(path="/x", strerror="Level 3 reset")
    assert full == "無法寫入 /x（硬碟空間不足）：請檢查硬碟"
    assert rare == "無法寫入 /x（Level 3 reset）：請檢查硬碟"
