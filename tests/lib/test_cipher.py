import pytest

from mokmin.lib.cipher import Cipher, WrongKey

OLD, NEW = "the secret of last year", "the secret of this year"


def test_what_was_encrypted_can_be_read_again():
    cipher = Cipher([NEW], purpose="test")

    assert cipher.decrypt(cipher.encrypt("비밀번호")) == "비밀번호"


def test_the_same_text_never_looks_the_same():
    cipher = Cipher([NEW], purpose="test")

    assert len({cipher.encrypt("비밀번호") for _ in range(5)}) == 5


def test_an_older_secret_still_reads_and_a_newer_one_writes():
    was = Cipher([OLD], purpose="test")
    now = Cipher([NEW, OLD], purpose="test")

    assert now.decrypt(was.encrypt("비밀번호")) == "비밀번호"
    assert Cipher([NEW], purpose="test").decrypt(now.encrypt("비밀번호")) == "비밀번호"


@pytest.mark.parametrize(
    "other",
    [Cipher([OLD], purpose="test"), Cipher([NEW], purpose="another")],
    ids=["secret", "purpose"],
)
def test_another_secret_and_another_purpose_read_nothing(other):
    written = Cipher([NEW], purpose="test").encrypt("비밀번호")

    with pytest.raises(WrongKey):
        other.decrypt(written)


@pytest.mark.parametrize("text", ["", "JBSWY3DPEHPK3PXP", "평문"])
def test_what_was_never_encrypted_is_not_taken_for_a_text(text):
    with pytest.raises(WrongKey):
        Cipher([NEW], purpose="test").decrypt(text)


def test_a_changed_text_is_not_read():
    cipher = Cipher([NEW], purpose="test")
    written = cipher.encrypt("비밀번호")
    changed = written[:40] + ("A" if written[40] != "A" else "B") + written[41:]

    with pytest.raises(WrongKey):
        cipher.decrypt(changed)
