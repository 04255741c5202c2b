"""What can go wrong in the vault. No error ever carries content or key bytes, only names and references."""


class VaultError(Exception):
    """Base of every refusal of the vault; its text may be shown to an operator."""


class ContentRefused(VaultError):
    """The content, or its name, cannot be sealed as it stands; nothing was stored."""


class ItemMissing(VaultError):
    """The case has no such item: a wrong reference, or one that was swept because nothing referred to it."""


class ItemDamaged(VaultError):
    """The stored bytes are not those that were sealed under this reference."""


class KeyShredded(VaultError):
    """The case's key was erased on purpose; its content is gone for ever, its commitments stay valid."""


class KeyMissing(VaultError):
    """An item is there but its key row is not: the key rows must be restored from their own backup."""


class KeyDamaged(VaultError):
    """The case's key cannot be unwrapped: the row, or the key-encryption key, is not what it was."""


class KekUnknown(VaultError):
    """A case key is wrapped by a key-encryption key that the key file does not hold."""


class KeyFileMissing(VaultError):
    """The key file is not where it should be. It is never made anew while sealed content exists."""


class KeyFileDamaged(VaultError):
    """The key file cannot be read as one."""


class KeyFileExposed(VaultError):
    """The key file can be read by others than its owner."""


class AlgorithmUnknown(VaultError):
    """The stored bytes name an algorithm this version does not know."""


class VaultBusy(VaultError):
    """The vault could not serve the request in its time; the same request may be made again."""
