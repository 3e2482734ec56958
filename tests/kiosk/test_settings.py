"""kiosk.toml: what it says is understood, or its line is named."""

import re
from pathlib import Path

import pytest

from kiosk.errors import UserError
from kiosk.notice_settings import NoticeSettings
from kiosk.reader_settings import Reader
from kiosk.readers.configured import resolve_profile
from kiosk.settings import TEMPLATE, Settings, Sound, load_settings
from tests.support.kiosk_program import run_kiosk


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        load_settings(path)
    assert refused.value.status == 2
    return str(refused.value).removeprefix(str(path))


def test_the_file_that_init_writes_says_the_defaults(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, TEMPLATE.format(zone="Asia/Taipei"))) == Settings()


def test_the_commented_reader_of_the_template_is_a_reader(tmp_path: Path) -> None:
    block = re.sub(r"(?m)^# ", "", TEMPLATE[TEMPLATE.index("# [[reader]]") :])
    (reader,) = load_settings(written(tmp_path, block)).readers
    assert (reader.name, reader.profile, reader.direction) == ("door", "rdm6300", "in")


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("", Sound(on=True, volume=60)),
        ("[sound]\non = false\n", Sound(on=False, volume=60)),
        ("[sound]\nvolume = 0\n", Sound(on=True, volume=0)),
        ("[sound]\nvolume = 100\n", Sound(on=True, volume=100)),
    ],
)
def test_the_sound_is_on_unless_it_is_turned_off(tmp_path: Path, text: str, sound: Sound) -> None:
    assert load_settings(written(tmp_path, text)).sound == sound
    assert sound.is_heard is (sound.on and sound.volume > 0)


def test_the_commented_sound_of_the_template_is_the_default(tmp_path: Path) -> None:
    block = re.sub(r"(?m)^# ", "", TEMPLATE[TEMPLATE.index("# [sound]") : TEMPLATE.index("# Notices")])
    assert load_settings(written(tmp_path, block)).sound == Settings().sound


def test_a_reader_has_a_name_a_port_and_a_profile(tmp_path: Path) -> None:
    path = written(tmp_path, '[[reader]]\nname = "door"\nport = "/dev/ttyUSB0"\nprofile = "rdm6300"\n')
    assert load_settings(path).readers == (Reader("door", "/dev/ttyUSB0", "rdm6300"),)


READER = '[[reader]]\nname = "door"\nport = "/dev/a"\nprofile = "rdm6300"\n'
SECOND = READER.replace("door", "hall").replace("/dev/a", "/dev/b")
KEYBOARD = READER.replace("/dev/a", "evdev:/dev/input/by-id/usb-a-event-kbd").replace("rdm6300", "em-8h10d")
PCSC = '[[reader]]\nname = "desk"\nport = "pcsc:ACR122U"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('# here\nkiosc = "x"\n', ":2: there is no field `kiosc`: did you mean `kiosk`?"),
        ("kiosk = 5\n", ":1: `kiosk` must be text, not a whole number"),
        (
            'masking = "surname"\n',
            ":1: `masking` cannot be 'surname': it is one of surname-and-last, surname-only",
        ),
        (
            '\nzone = "Asia/Taipeh"\n',
            ":2: there is no time zone 'Asia/Taipeh': write it as in the tz database, Asia/Taipei",
        ),
        ("[sound]\nvolume = 101\n", ":2: `sound.volume` must be at most 100"),
        ("[sound]\nvolume = -1\n", ":2: `sound.volume` must be at least 0"),
        ("[sound]\nvolume = 50.5\n", ":2: `sound.volume` must be a whole number, not a fraction"),
        ("[sound]\non = 1\n", ":2: `sound.on` must be true or false, not a whole number"),
        ("[sound]\nloud = true\n", ":2: there is no field `sound.loud`: it is one of on, volume"),
        ("sound = true\n", ":1: `sound` must be an object, not true or false"),
        ('kiosk = "desk"\n', ":1: each kiosk has a name of its own, and none is called 'desk'"),
        (
            READER + "\n" + READER.replace('port = "/dev/a"', 'prot = "/dev/b"'),
            ":8: there is no field `reader[1].prot`: did you mean `port`?",
        ),
        (
            READER + "\n" + SECOND.replace("rdm6300", "rdm630"),
            ":9: there is no reader profile 'rdm630': did you mean `rdm6300`?",
        ),
        (READER + "\n" + READER, ":7: two readers are called 'door': give each its own name"),
        (READER + 'direction = "inn"\n', ":5: `reader[0].direction` cannot be 'inn': it is one of in, out"),
        (READER + "baud = 1\n", ":5: `reader[0].baud` must be at least 300"),
        (READER + "\n[[reader]]\nport = 'x'\n", ":6: the field `reader[1].name` is missing"),
        (
            READER + "\n" + SECOND.replace("/dev/b", "/dev/a"),
            ":8: two readers hang on '/dev/a': give each its own port",
        ),
        (READER.replace("/dev/a", "ttyUSB0"), ":3: 'ttyUSB0' is no port: write /dev/ttyUSB0"),
        (PCSC + "baud = 9600\n", ":4: a reader at 'pcsc:ACR122U' has no speed: take `baud` out"),
        (
            KEYBOARD.replace("em-8h10d", "pn532"),
            ":4: no keyboard types what 'pn532' describes: choose a profile of lines, such as em-8h10d",
        ),
        (READER.replace("rdm6300", "pcsc"), ":4: the profile 'pcsc' belongs to the ports pcsc:, and they to it"),
        (PCSC + 'profile = "hex-uid"\n', ":4: the profile 'pcsc' belongs to the ports pcsc:, and they to it"),
    ],
)
def test_a_setting_that_is_not_understood_is_named_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    assert complaint(written(tmp_path, text)) == sentence


def test_only_a_pcsc_reader_needs_no_profile(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, PCSC)).readers == (Reader("desk", "pcsc:ACR122U"),)
    without = READER.replace('profile = "rdm6300"\n', "")
    assert complaint(written(tmp_path, without)).startswith(":1: the field `profile` is missing: it says how")


def test_several_readers_have_each_their_port_direction_and_place(tmp_path: Path) -> None:
    places = READER + 'direction = "in"\nplace = "前門"\n' + SECOND + 'direction = "out"\n' + PCSC
    settings = load_settings(written(tmp_path, places))
    assert [settings.find_direction(name) for name in ("door", "hall", "desk")] == ["in", "out", None]
    assert [reader.place for reader in settings.readers] == ["前門", None, None]


OWN = """\
[[profile]]
name = "our-gate"
about = "the gate"
kind = "A"
framing = { kind = "lines", longest = 20 }
notation = { base = "hexadecimal" }
"""


def test_a_home_has_profiles_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "gate.toml").write_text(OWN, encoding="utf-8")
    path = written(tmp_path, READER.replace("rdm6300", "our-gate"))
    (reader,) = load_settings(path).readers
    assert resolve_profile(reader, tmp_path).about == "the gate"


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A file of profiles that is not understood, in its fifth line."""
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "gate.toml").write_text(OWN.replace("lines", "linse"), encoding="utf-8")
    return tmp_path / "profiles" / "gate.toml"


def test_a_file_of_profiles_that_is_not_understood_stops_the_reader_that_needs_it_with_its_line(
    tmp_path: Path, damaged: Path
) -> None:
    (reader,) = load_settings(written(tmp_path, READER.replace("rdm6300", "our-gate"))).readers
    with pytest.raises(UserError) as refused:
        resolve_profile(reader, tmp_path)
    assert str(refused.value).startswith(f"{damaged}:5: ")


@pytest.mark.usefixtures("damaged")
def test_such_a_file_stops_nothing_else(tmp_path: Path) -> None:
    (reader,) = load_settings(written(tmp_path, READER)).readers
    assert resolve_profile(reader, tmp_path).name == "rdm6300"
    with pytest.raises(UserError):
        load_settings(written(tmp_path, READER + "baud = 1\n"))
    without_profile = READER.replace('profile = "rdm6300"\n', "")
    assert without_profile != READER
    with pytest.raises(UserError):
        load_settings(written(tmp_path, without_profile))


def test_what_is_no_toml_says_where(tmp_path: Path) -> None:
    assert complaint(written(tmp_path, 'kiosk = "a"\nzone\n')) == (
        ':2: a line is `name = "value"`, `[table]` or a comment behind #'
    )


def test_what_is_no_utf8_says_so(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_bytes('kiosk = "王"'.encode("big5"))
    assert complaint(path) == ": this file is not UTF-8: save it as UTF-8"


def test_every_command_stops_at_a_typo_with_one_sentence(simulation: Path) -> None:
    (simulation / "kiosk.toml").write_text('kiosc = "x"\n', encoding="utf-8")
    ended = run_kiosk("tap", "04000000000001", "--home", simulation)
    assert (ended.status, ended.err.count("\n")) == (2, 1)
    assert (
        ended.first_error_line == f"kiosk: {simulation}/kiosk.toml:1: there is no field `kiosc`: did you mean `kiosk`?"
    )


def test_the_zone_of_a_home_is_decided_once(simulation: Path) -> None:
    (simulation / "kiosk.toml").write_text('zone = "Asia/Tokyo"\n', encoding="utf-8")
    ended = run_kiosk("tap", "04000000000001", "--home", simulation)
    assert ended.status == 2
    assert 'write zone = "Asia/Taipei"' in ended.first_error_line


# --- Notices ---


def test_the_commented_notices_of_the_template_are_notices_once_one_way_is_chosen(tmp_path: Path) -> None:
    block = re.sub(r"(?m)^# ", "", TEMPLATE[TEMPLATE.index("# [notices]") : TEMPLATE.index("# Where the head")])
    assert "[notices.mail]" in complaint(written(tmp_path, block))
    notices = load_settings(written(tmp_path, re.sub(r"(?m)^folder.*$", "", block))).notices
    assert notices is not None
    assert notices.mail is not None
    assert (notices.at, notices.mail.port_used, notices.folder) == (NoticeSettings("").at, 587, None)


SENDS = '[notices]\nfrom = "kiosk@example.org"\ndigest_to = ["lin@example.org"]\n'
MAIL = '[notices.mail]\nhost = "localhost"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[notices]\ndigest_to = ["lin@example.org"]\nfolder = "o"\n', ":1: the field `notices.from` is missing"),
        (SENDS, ":1: notices go one way"),
        (SENDS + 'folder = "outbox"\n' + MAIL, ":1: notices go one way"),
        ('[notices]\nfrom = "kiosk@example.org"\nfolder = "o"\n', ":1: [notices] sends nothing"),
        (SENDS.replace("kiosk@", "kiosk") + MAIL, ":2: 'kioskexample.org' is no mail address"),
        (SENDS.replace("lin@example.org", "lin@a\\nBcc: b@c") + MAIL, ":3: `notices.digest_to"),
        (SENDS.replace("lin@", "lin ") + MAIL, ":3: 'lin example.org' is no mail address"),
        (SENDS.replace('org"]', 'org", "lin@example.org"]') + MAIL, ":3: an address stands twice in `digest_to`"),
        (SENDS + 'heads_to = ["a@b.org", "a@b.org"]\n' + MAIL, ":4: an address stands twice in `heads_to`"),
        (SENDS + 'heads_to = ["auditor"]\n' + MAIL, ":4: 'auditor' is no mail address"),
        (SENDS + 'at = "7:00"\n' + MAIL, ":4: `notices.at` must be a time of day"),
        (SENDS + 'at = "24:00"\n' + MAIL, ":4: a day has no 24:00"),
        (SENDS + "days = 0\n" + MAIL, ":4: `notices.days` must be at least 1"),
        (SENDS + "days = 31\n" + MAIL, ":4: `notices.days` must be at most 30"),
        (SENDS + MAIL + 'security = "ssl"\n', ":6: `notices.mail.security` cannot be"),
        (SENDS + MAIL + 'user = "kiosk"\n', ":6: `user` and `password_file` belong together"),
        (SENDS + MAIL + 'password_file = "p"\n', ":6: `user` and `password_file` belong together"),
        (
            SENDS + MAIL + 'security = "none"\nuser = "k"\npassword_file = "p"\n',
            ":6: a password is not sent unencrypted",
        ),
        (SENDS + MAIL + 'password = "secret"\n', ":6: there is no field `notices.mail.password`"),
        (SENDS + MAIL + "port = 0\n", ":6: `notices.mail.port` must be at least 1"),
    ],
)
def test_what_is_wrong_with_the_notices_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert complaint(written(tmp_path, text)).startswith(said)
