"""Call logs as the usual phone systems export them, and the calls they are of: customer, who, minutes, connected, outcome."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from funnelbook import template

PEOPLE = [{"person": "Ann", "active": True}, {"person": "Ben", "active": True}]
CUSTOMERS = [
    {"id": "C1", "name": "Acme", "phone": "13800138001", "owner": "Ann", "tier": "E"},
    {"id": "C2", "name": "Borea", "phone": "13900139002", "owner": "Ben", "tier": "D"},
    {"id": "C5", "name": "Echo", "phone": "13711112222/13733334444", "owner": "Ann", "tier": "E"},
    {"id": "C6", "name": "Fox", "phone": "13655556666", "owner": "Ben", "tier": "E"},
]
_TABLES = ["Customers", "Activities", "People", "Tiers", "Outcomes", "Channels", "Problems", "Matched", "Settings"]


def phone_book(path: Path, more: Sequence[str] = (), **given: list[dict[str, object]]) -> Path:
    """The workbook of a small team, whose customers have the numbers that the exports hold."""
    rows = {"Customers": CUSTOMERS, "People": PEOPLE} | given
    path.write_bytes(template.build("en", tables=[*_TABLES, *more], rows=rows))
    return path


class Export(NamedTuple):
    """A log as exported: its bytes, and (at, id, owner, minutes, connected, outcome) of each call, in order of time."""

    name: str
    data: bytes
    calls: list[tuple[str, str, str | None, float | None, bool, str | None]]


def _text(lines: str, encoding: str = "utf-8", apart: str = "") -> bytes:
    text = "\n".join(line.strip() for line in lines.strip().splitlines()) + "\n"
    return (text.replace("|", apart) if apart else text).encode(encoding)


VICIDIAL = Export(
    "vicidial.txt",
    _text(
        """
call_date|phone_number_dialed|status|user|full_name|campaign_id|vendor_lead_code|source_id|list_id|gmt_offset_now|phone_code|phone_number|title|first_name|last_name|state|comments|length_in_sec|user_group|alt_dial|rank|owner|lead_id|list_name|status_name|uniqueid
2026-05-19 09:00:05|13800138001|NI|6001|Ann|SALES|C2|7|998|8.00|86|13800138001||Li|Wei|||95|AGENTS|MAIN|0|C5|2|Spring|Not Interested|1779152405.1
2026-05-19 09:03:00|13900139002|A|6002|Ben|SALES|C1|8|998|8.00|86|13900139002||Li|Na|||31|AGENTS|MAIN|0|C5|1|Spring|Answering Machine|1779152580.2
2026-05-19 09:10:00|13655556666|CALLBK|6002|Ben|SALES|C1|9|998|8.00|86|13655556666||Wu|Na|||240|AGENTS|MAIN|0|C5|3|Spring|Call Back|1779153000.3
2026-05-19 09:20:00|13800138001|DC|6001|Ann|SALES|C1|9|998|8.00|86|13800138001||Wu|Na|||4|AGENTS|MAIN|0|C5|4|Spring|Disconnected Number|1779153600.4
""",
        apart="\t",
    ),
    [
        ("2026-05-19 09:00:05", "C1", "Ann", 95 / 60, True, "No need now"),
        ("2026-05-19 09:03:00", "C2", "Ben", 31 / 60, False, "No answer"),
        ("2026-05-19 09:10:00", "C6", "Ben", 4.0, True, "Call back later"),
        ("2026-05-19 09:20:00", "C1", "Ann", 4 / 60, False, "Wrong number"),
    ],
)

FREEPBX = Export(
    "cdr.csv",
    _text(
        '''
calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,recordingfile,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,linkedid,peeraccount,sequence
2026-05-19 09:00:05,"""Ann"" <201>",201,13800138001,from-internal,PJSIP/201-00000001,PJSIP/trunk-00000002,Dial,"PJSIP/13800138001@trunk,300,T",37,21,ANSWERED,3,,1779152405.1,,,,201,Ann,,,,1779152405.1,,1
2026-05-19 09:05:00,"""Ben"" <202>",202,13655556666,from-internal,PJSIP/202-00000003,PJSIP/trunkA-00000004,Dial,x,0,0,FAILED,3,,1779152700.3,,,,202,Ben,,,,1779152700.3,,2
2026-05-19 09:05:01,"""Ben"" <202>",202,13655556666,from-internal,PJSIP/202-00000003,PJSIP/trunkB-00000005,Dial,x,95,90,ANSWERED,3,,1779152700.3,,,,202,Ben,,,,1779152700.3,,3
2026-05-19 10:00:00,"""13900139002"" <13900139002>",13900139002,600,ext-queues,PJSIP/trunk-00000006,Local/201@q,Queue,x,80,80,ANSWERED,3,,1779156000.6,,02160001001,,,,,,,1779156000.6,,4
2026-05-19 10:00:05,"""13900139002"" <13900139002>",13900139002,201,from-queue,Local/201@q,PJSIP/201-00000007,Dial,x,20,0,NO ANSWER,3,,1779156005.7,,,,,,,,,1779156000.6,,5
2026-05-19 10:00:20,"""13900139002"" <13900139002>",13900139002,202,from-queue,Local/202@q,PJSIP/202-00000008,Dial,x,60,50,ANSWERED,3,,1779156020.8,,,,,,,,,1779156000.6,,6
2026-05-19 10:30:00,"""Ann"" <201>",201,202,from-internal,PJSIP/201-00000009,PJSIP/202-00000010,Dial,x,30,20,ANSWERED,3,,1779157800.9,,,,201,Ann,,,,1779157800.9,,7
'''
    ),
    [
        ("2026-05-19 09:00:05", "C1", "Ann", 0.35, True, None),
        ("2026-05-19 09:05:00", "C6", "Ben", 1.5, True, None),
        ("2026-05-19 10:00:00", "C2", "Ben", 80 / 60, True, None),
    ],
)

THREE_CX = Export(
    "CallReport.csv",
    _text(
        """
Call Log Report
From 5/19/2026 12:00 AM to 5/19/2026 11:59 PM

Call Time,Caller ID,Destination,Status,Ringing,Talking,Totals,Cost,Reason
5/19/2026 9:15:12 AM,Ann (201),13800138001,Answered,00:00:12,00:02:31,00:02:43,0,Terminated by Ann (201)
5/19/2026 1:05:00 PM,Ben (202),13900139002,Unanswered,00:00:30,,00:00:30,0,Cancelled by 202
5/19/2026 2:00:00 PM,13655556666,Ben (202),Answered,00:00:05,00:01:00,00:01:05,0,Terminated by 13655556666
Totals,,,,00:00:47,00:03:31,00:04:18,0,
"""
    ),
    [
        ("2026-05-19 09:15:12", "C1", "Ann", 151 / 60, True, None),
        ("2026-05-19 13:05:00", "C2", "Ben", None, False, "No answer"),
        ("2026-05-19 14:00:00", "C6", "Ben", 1.0, True, None),
    ],
)

AIRCALL = Export(
    "aircall.csv",
    _text(
        """
line,date (TZ offset incl.),time (TZ offset incl.),number timezone,datetime (UTC),country_code,direction,from,to,answered,missed_call_reason,user,duration (total),duration (in call),via,voicemail,tags,Call ID
Sales CN,2026-05-19,09:00:05,Asia/Shanghai,2026-05-19 01:00:05,CN,outbound,+862160001001,+8613800138001,Yes,,Ann,130,120,,,,2000000001
Sales CN,2026-05-20,00:30:00,Asia/Shanghai,2026-05-19 16:30:00,CN,inbound,+8613900139002,+862160001001,No,no_available_agent,,25,0,,,,2000000002
"""
    ),
    [
        ("2026-05-19 09:00:05", "C1", "Ann", 2.0, True, None),
        ("2026-05-20 00:30:00", "C2", None, 0.0, False, None),
    ],
)

RINGCENTRAL = Export(
    "CallLog.csv",
    _text(
        """
Direction,Type,Phone Number,Name,Date,Time,Action,Action Result,Result Description,Duration,Extension
Outgoing,Voice,(+86) 138-0013-8001,Acme,Tue 05/19/2026,9:00 AM,VoIP Call,Call connected,,0:02:31,"101 - Ann"
Incoming,Voice,13900139002,Borea,Tue 05/19/2026,1:05 PM,Phone Call,Missed,,0:00:00,"102 - Ben"
"""
    ),
    [
        ("2026-05-19 09:00:00", "C1", "Ann", 151 / 60, True, None),
        ("2026-05-19 13:05:00", "C2", "Ben", 0.0, False, "No answer"),
    ],
)

FREESWITCH = Export(
    "xml_cdr.csv",
    _text(
        """
"direction","caller_id_name","caller_id_number","destination_number","context","start_stamp","answer_stamp","end_stamp","duration","billsec","hangup_cause","uuid","bleg_uuid","accountcode"
"outbound","Ann","201","13800138001","default","2026-05-19 09:00:05","2026-05-19 09:00:15","2026-05-19 09:02:15","130","120","NORMAL_CLEARING","6a0a4b5e-1111-4c4c-9c57-000000000001","",""
"outbound","Ben","202","13900139002","default","2026-05-19 09:10:00","","2026-05-19 09:10:40","40","0","NO_ANSWER","6a0a4b5e-1111-4c4c-9c57-000000000002","",""
"outbound","Ben","202","13655556666","default","2026-05-19 09:12:00","","2026-05-19 09:12:04","4","0","USER_BUSY","6a0a4b5e-1111-4c4c-9c57-000000000003","",""
"""
    ),
    [
        ("2026-05-19 09:00:05", "C1", "Ann", 2.0, True, None),
        ("2026-05-19 09:10:00", "C2", "Ben", 0.0, False, "No answer"),
        ("2026-05-19 09:12:00", "C6", "Ben", 0.0, False, "Busy"),
    ],
)

SEVEN_MOOR = Export(
    "容联七陌.csv",
    _text(
        """
序号,呼叫类型,主叫号码,被叫号码,坐席工号,坐席姓名,开始时间,接听时间,结束时间,振铃时长,通话时长,接听状态,通话ID
1,外呼通话,02160001001,13800138001,8001,Ann,2026-05-19 09:00:05,2026-05-19 09:00:15,2026-05-19 09:03:40,10秒,3分25秒,已接听,cc-20260519-0001
2,普通来电,13900139002,02160001001,8002,Ben,2026-05-19 09:10:00,,2026-05-19 09:10:30,30秒,0秒,振铃未接听,cc-20260519-0002
合计,,,,,,,,,,3分25秒,,
""",
        "gb18030",
    ),
    [
        ("2026-05-19 09:00:05", "C1", "Ann", 205 / 60, True, None),
        ("2026-05-19 09:10:00", "C2", "Ben", 0.0, False, "No answer"),
    ],
)

CLINK = Export(
    "天润融通.csv",
    _text(
        """
唯一标识,客户号码,客户省份,热线号码,座席工号,座席姓名,开始时间,接通时间,结束时间,总时长,通话时长,接听状态,呼叫类型
medias_1-1779152405.1,013800138001,上海,4008001234,2001,Ann,2026/5/19 9:00:05,2026/5/19 9:00:15,2026/5/19 9:02:15,00:02:10,00:02:00,双方接听,预览外呼
medias_1-1779152700.2,13655556666,上海,4008001234,2002,Ben,2026/5/19 9:05:00,,2026/5/19 9:05:31,00:00:31,00:00:00,客户未接听,预览外呼
""",
        "gb18030",
    ),
    [
        ("2026-05-19 09:00:05", "C1", "Ann", 2.0, True, None),
        ("2026-05-19 09:05:00", "C6", "Ben", 0.0, False, "No answer"),
    ],
)

BY_HAND = Export(
    "通话记录.csv",
    _text(
        """
5月19日 外呼通话记录
导出人：管理员

编号,日期,时间,业务员,客户电话,通话时间(秒),通话结果,备注
1,2026年5月19日,上午9:00,Ann,138 0013 8001,205,已报价,发资料
2,2026年5月19日,下午2:05,Ben(8002),13900139002,0,空号,
"""
    ),
    [
        ("2026-05-19 09:00:00", "C1", "Ann", 205 / 60, False, "Quoted"),  # its outcome says that somebody spoke
        ("2026-05-19 14:05:00", "C2", "Ben", 0.0, False, "Wrong number"),
    ],
)

EXPORTS = [VICIDIAL, FREEPBX, THREE_CX, AIRCALL, RINGCENTRAL, FREESWITCH, SEVEN_MOOR, CLINK, BY_HAND]
