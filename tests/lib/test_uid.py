from mokmin.lib.uid import ALPHABET, LENGTH, new_uid


def test_a_uid_is_ten_characters_of_crockfords_alphabet():
    drawn = [new_uid() for _ in range(2000)]

    assert {len(uid) for uid in drawn} == {LENGTH} == {10}
    assert set("".join(drawn)) == set(ALPHABET)
    assert set(ALPHABET) == set("0123456789abcdefghijklmnopqrstuvwxyz") - set("ilou")


def test_uids_do_not_repeat():
    assert len({new_uid() for _ in range(20_000)}) == 20_000
