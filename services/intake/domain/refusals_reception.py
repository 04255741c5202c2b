"""The rules of reception, each as the fact that it was broken."""

from __future__ import annotations

from datetime import datetime

from ledger.refusal import Refusal


class TooManyRepresentatives(Refusal):
    """P6: at most five representatives (信访工作条例 第二十条 [K]; 2005 条例 第十八条 [T05])."""

    def __init__(self, most: int, given: int) -> None:
        super().__init__(
            "P6",
            f"代表不得超过 {most} 人，填了 {given} 人；请由信访人推选，其余人只记人数、不列姓名。信访事项照常受理登记。",
            f"At most {most} representatives are entered, {given} were: leave the others out and give their number.",
        )


class NumberContradicted(Refusal):
    """The number of petitioners is a fact about the matter, and is recorded as it is."""

    def __init__(self, petitioners: int, representatives: int) -> None:
        super().__init__(
            "joint-number",
            f"人数有误：信访人 {petitioners} 人，代表 {representatives} 人。",
            f"{petitioners} petitioners cannot have {representatives} representatives: correct the number.",
        )


class ExternalNumberUnfit(Refusal):
    """P14: a number names an order or document. No number of a person, and no text, enters an event."""

    def __init__(self) -> None:
        super().__init__(
            "P14",
            "外部编号只能是工单号或文号（字母、数字、-、_、.、/，至多 64 位），不能是电话或证件号码。",
            "An external number names a work order or document (letters, digits, - _ . /, at most 64), never a person.",
        )


class IdentityConfidential(Refusal):
    """P14: who asked for confidentiality is shown to the first receiver only."""

    def __init__(self, first_receiver: str) -> None:
        super().__init__(
            "P14",
            f"信访人要求保密：姓名、联系方式只有首接单位 {first_receiver} 可以查阅；请经由该单位联系。",
            f"The petitioner asked for confidentiality: only {first_receiver} may see who it is. Ask it to get in touch.",
        )


class NotOral(Refusal):
    """Only what was said by word of mouth has a record to read back (信访工作条例 第十九条 [K])."""

    def __init__(self, channel: str) -> None:
        super().__init__(
            "oral-record",
            f"渠道 {channel} 不是口头提出，没有笔录可供核对。",
            f"A petition by {channel} was not made orally: there is no record to read back.",
        )


class OralRecordSettled(Refusal):
    """A record is confirmed once, in one wording."""

    def __init__(self) -> None:
        super().__init__(
            "oral-record",
            "笔录已经核对确认，更正内容与此次不同；新的内容请作为补充材料提交。",
            "The record was confirmed in another wording before: hand in what is new as material.",
        )


class TooMuchMaterial(Refusal):
    """A stream has an end; what does not fit is handed in on paper and noted."""

    def __init__(self, most: int) -> None:
        super().__init__(
            "material-limit",
            f"补充材料已达 {most} 份；请将其余内容合并，或者向首接单位当面、邮寄提交。",
            f"There are {most} materials already: put the rest together, or hand it to the first receiver on paper.",
        )


class AttachmentTypeUnknown(Refusal):
    """Only kinds of files that every office can open and check."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        kinds = "、".join(allowed)
        super().__init__(
            "attachment-type",
            f"附件类型不在允许之列。可用：{kinds}。",
            f"This media type is not taken. Convert the file to one of: {', '.join(allowed)}.",
        )


class AttachmentMismatch(Refusal):
    """A file is what it says it is."""

    def __init__(self, media_type: str) -> None:
        super().__init__(
            "attachment-type",
            f"附件内容与所标类型 {media_type} 不符。",
            f"The file does not begin as {media_type} does: give its true media type.",
        )


class AttachmentEmpty(Refusal):
    """An empty file proves nothing, and is a mistake."""

    def __init__(self) -> None:
        super().__init__("attachment-size", "附件是空文件。", "The file is empty: choose it again.")


class AttachmentTooLarge(Refusal):
    """A request has a limit; larger files are parted or brought on a disk."""

    def __init__(self, most: int, given: int) -> None:
        super().__init__(
            "attachment-size",
            f"附件 {given} 字节，超过 {most} 字节；请压缩、拆分，或者当面、邮寄提交。",
            f"The file has {given} bytes, more than {most}: compress or part it, or bring it on a disk.",
        )


class TooManyAttachments(Refusal):
    """As TooMuchMaterial, for files."""

    def __init__(self, most: int) -> None:
        super().__init__(
            "attachment-limit",
            f"附件已达 {most} 个；请合并，或者当面、邮寄提交。",
            f"There are {most} attachments already: put files together, or bring them on paper.",
        )


class MalwareFound(Refusal):
    """A file that would harm the reader is not stored; the petition itself is untouched."""

    def __init__(self) -> None:
        super().__init__(
            "attachment-malware",
            "附件含有恶意代码，未予保存；信访事项不受影响，请另行提交干净的文件。",
            "The file holds malware and was not stored. The petition is unaffected: hand in a clean file.",
        )


class AwarenessUntrue(Refusal):
    """P12: nobody knows of a matter before it came in, nor later than it says so."""

    def __init__(self, aware_at: datetime) -> None:
        super().__init__(
            "P12",
            f"知悉时间 {aware_at.isoformat()} 早于收件或者晚于现在。",
            "The time of awareness lies before the receipt or in the future: correct it.",
        )


class UrgencySettled(Refusal):
    """P12: the start of the alarm clock is not moved afterwards."""

    def __init__(self, aware_at: datetime) -> None:
        super().__init__(
            "P12",
            f"已认定紧急重大，知悉时间为 {aware_at.isoformat()}，不得另改。",
            "The matter was flagged with another time of awareness before; that time stands.",
        )


class NotUrgent(Refusal):
    """A report answers a flag: without one nobody sees when the matter was known."""

    def __init__(self) -> None:
        super().__init__(
            "P12",
            "尚未认定为紧急重大事项，请先认定并填明知悉时间。",
            "Flag the matter as urgent first, with the time at which it was known.",
        )


class ReportNowhere(Refusal):
    """A report goes to somebody else (信访工作条例 第二十五条 [K])."""

    def __init__(self) -> None:
        super().__init__(
            "P12",
            "请写明向哪些单位报告；不能只报告给本单位。",
            "Say to which units it was reported; reporting to oneself is no report.",
        )


class ReportTimeUntrue(Refusal):
    """P12: no false report: it lies between awareness and now."""

    def __init__(self, reported_at: datetime) -> None:
        super().__init__(
            "P12",
            f"报告时间 {reported_at.isoformat()} 早于知悉或者晚于现在。",
            "The time of the report lies before the awareness or in the future: correct it.",
        )
