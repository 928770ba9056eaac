"""What a file is, told by its content; its name may say anything."""

from mokmin.lib.media.kinds import KINDS, Media, suffix_of
from mokmin.lib.media.sniffing import sniff

__all__ = ["KINDS", "Media", "sniff", "suffix_of"]
