"""What real readers print for known cards, and the number that each must give.

The EM4100 frames and lines and their printed decimals were published by owners and makers of readers; one
card appears through many.
"""

SAMPLES: list[tuple[str, bytes, str]] = [
    # One fob through the modes of one wedge.
    ("em-10h", b"01026F6C3A\r\n", "E:01026F6C3A"),
    ("em-12d", b"004335823930\r\n", "E:01026F6C3A"),
    ("em-8h10d", b"0040856634\r\n", "E4:026F6C3A"),
    ("em-6h8d", b"07302202\r\n", "W24:6F6C3A"),
    ("em-2h4h", b"111,27706\r\n", "W24:6F6C3A"),
    ("em-4h4h", b"00623,27706\r\n", "E4:026F6C3A"),
    # Serial modules, and the same cards as printed on them.
    ("rdm6300", b"\x02100086F44426\x03", "E:100086F444"),
    ("em-8h10d", b"0008844356\r", "E4:0086F444"),
    ("em-2h4h", b"134,62532\r", "W24:86F444"),
    ("rdm6300", b"\x02010063E9AE25\x03", "E:010063E9AE"),
    ("id-12la", b"\x02010063E9AE25\r\n\x03", "E:010063E9AE"),
    ("em-8h10d", b"0006547886\r", "E4:0063E9AE"),
    ("em-2h4h", b"99,59822\r", "W24:63E9AE"),
    ("rdm6300", b"\x023C00CE754CCB\x03", "E:3C00CE754C"),
    ("em-8h10d", b"0013530444\r", "E4:00CE754C"),
    ("em-2h4h", b"206,30028\r", "W24:CE754C"),
    ("rdm6300", b"\x024500C5D1E9B8\x03", "E:4500C5D1E9"),
    ("em-8h10d", b"0012964329\r", "E4:00C5D1E9"),
    ("rdm6300-sum", b"\x022E00AF0EC9B4\x03", "E:2E00AF0EC9"),
    # One MIFARE card through the modes of one wedge, and a second whose number begins with a zero.
    ("hex-uid", b"26DEFAE7\r", "A:26DEFAE7"),
    ("hex-uid-reversed", b"E7FADE26\r", "A:26DEFAE7"),
    ("decimal-uid", b"0652147431\r\n", "A:26DEFAE7"),
    ("decimal-uid-reversed", b"3891977766\r\n", "A:26DEFAE7"),
    ("decimal-uid-pace", b"166949742336\r\n", "A:26DEFAE7"),
    ("decimal-uid-reversed", b"0920244102\r\n", "A:86CFD936"),
    ("decimal-uid-reversed-unpadded", b"920244102\r\n", "A:86CFD936"),
    ("decimal-uid-reversed-unpadded", b"3891977766\r\n", "A:26DEFAE7"),
    # Fobs from installers' pages; one page lost the first digit of the second.
    ("decimal-uid", b"2234821496\r", "A:8534AB78"),
    ("decimal-uid-reversed", b"1578468138\r", "A:2A83155E"),
    # Longer UIDs.
    ("hex-uid", b"04A035B2BC2B80\r", "A:04A035B2BC2B80"),
    ("hex-uid-reversed", b"802BBCB235A004\r", "A:04A035B2BC2B80"),
    # Through Wiegand, which drops the parity and what it has no room for.
    ("wiegand-26-hex", b"745A70\r", "W24:745A70"),
    ("em-6h8d", b"07625328\r", "W24:745A70"),
    ("wiegand-32-decimal", b"0000123478\r\n", "W32:0001E256"),
    ("wiegand-26-facility", b"90,324\r\n", "W24:5A0144"),
    ("wiegand-26-facility", b"116,23152\r", "W24:745A70"),
    ("wiegand-26-bits", b"00101101000000001010001000\r", "W24:5A0144"),
    ("wiegand-26-bits", b"00110001100000011111001111\r", "W24:6303E7"),
    ("wiegand-26-bits", b"00111010001011010011100000\r\n", "W24:745A70"),
    ("wiegand-32-bits", b"00100110110111101111101011100111\r", "W32:26DEFAE7"),
    ("wiegand-34-bits", b"1001001101101111011111010111001111\r", "W32:26DEFAE7"),
    # Modules that send frames of bytes, and a module without an envelope.
    ("em-18", b"4500C5D1E9B8", "E:4500C5D1E9"),
    ("pn532", bytes.fromhex("0000FF0CF4D54B010100040804 26DEFAE7 E900"), "A:26DEFAE7"),
    ("pn532", bytes.fromhex("0000FF0FF1D54B010100440007 04A035B2BC2B80 A100"), "A:04A035B2BC2B80"),
    ("pn532", bytes.fromhex("0000FF0FF1D54B010100440007 04416D412B0289 EA00"), "A:04416D412B0289"),
    ("sl025m", bytes.fromhex("BD080100 26DEFAE7 0150"), "A:26DEFAE7"),
    ("sl025m", bytes.fromhex("BD0B0100 04416D412B0289 037D"), "A:04416D412B0289"),
    ("sm130", bytes.fromhex("FF00068202 26DEFAE7 6F"), "A:26DEFAE7"),
    ("yhy523u", bytes.fromhex("AABB0A000000020200 26AA00FACE B8"), "A:26AAFACE"),
    ("aa-bb", bytes.fromhex("AA00060000 160FF47F 94BB"), "A:160FF47F"),
    ("aa-bb", bytes.fromhex("AA02060000 160FF47F 96BB"), "A:160FF47F"),
    ("aa-bb", bytes.fromhex("AA00090000 04C0BA3A8E3A80 79BB"), "A:04C0BA3A8E3A80"),
    ("pcsc", bytes.fromhex("26DEFAE7 9000"), "A:26DEFAE7"),
    ("pcsc", bytes.fromhex("04416D412B0289 9000"), "A:04416D412B0289"),
    # Codes.
    ("qr-no-suffix", b"VOLUNTEER-0042", "QR:" + b"VOLUNTEER-0042".hex().upper()),
    ("qr", b"VOLUNTEER-0042\r\n", "QR:" + b"VOLUNTEER-0042".hex().upper()),
    ("qr", "志工0042\r".encode(), "QR:" + "志工0042".encode().hex().upper()),
]
"""Profile, bytes as they come over the wire, canonical card number."""

ENDED_BY_SILENCE = {"em-18", "qr-no-suffix", "pcsc"}
"""Profiles whose reports have nothing else at their end."""
