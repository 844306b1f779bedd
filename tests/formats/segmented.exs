<?xml version="1.0" encoding="UTF-8"?>
<segmented-transcription Id="C1">
<head><meta-information><transcription-name>Am Steg</transcription-name></meta-information>
<speakertable><speaker id="SPK0"><abbreviation>LE</abbreviation></speaker><speaker id="SPK1"><abbreviation>KR</abbreviation></speaker></speakertable></head>
<segmented-body>
<common-timeline><tli id="T0" time="0.0"/><tli id="T1" time="1.8"/><tli id="T2" time="4.0"/><tli id="T3" time="6.1"/></common-timeline>
<segmented-tier id="TIE0" speaker="SPK0" category="v" type="t">
<timeline-fork start="T0" end="T1"><tli id="T0.1"/></timeline-fork>
<segmentation name="SpeakerContribution_Event" tierref="TIE0">
<ts n="sc" id="s0" s="T0" e="T1"><ts n="e" id="e0" s="T0" e="T1">Wem gehört der Steg? </ts></ts>
<ts n="sc" id="s1" s="T2" e="T3"><ts n="e" id="e1" s="T2" e="T3">Und wer darf darauf?</ts></ts>
</segmentation>
<segmentation name="SpeakerContribution_Utterance_Word" tierref="TIE0">
<ts n="sc" id="u0" s="T0" e="T1"><ts n="HIAT:w" id="w0">Wem</ts><nts n="HIAT:ip" id="n0"> </nts></ts>
</segmentation>
</segmented-tier>
<segmented-tier id="TIE1" speaker="SPK1" category="v" type="t">
<segmentation name="SpeakerContribution_Event" tierref="TIE1">
<ts n="sc" id="s2" s="T1" e="T2"><ts n="e" id="e2" s="T1" e="T2">Dem, der ihn</ts><nts n="ip"> </nts><ts n="e" id="e3">streicht.</ts></ts>
</segmentation>
</segmented-tier>
</segmented-body>
</segmented-transcription>
