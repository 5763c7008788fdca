(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "ar", "dir": "rtl", "close": "إغلاق", "cards": {
"dam": {"kind": "خلاف", "name": "من يدفع ثمن السد", "lines": [["text", "هل على الوادي أن يدفع؟"], ["state", "<span class=\"bb-state bb-state--escalated\">متصاعد</span> فبراير 2024"], ["trend", "<span class=\"bb-trend bb-trend--worsening\">نحو التفاقم</span> لا أحد يتحدث."]]}
}};
