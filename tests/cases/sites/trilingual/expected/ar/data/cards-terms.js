(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "ar", "dir": "rtl", "close": "إغلاق", "cards": {
"dam-term": {"kind": "مصطلح", "name": "سد", "lines": [["text", "ما يحجز الماء."]]}
}};
