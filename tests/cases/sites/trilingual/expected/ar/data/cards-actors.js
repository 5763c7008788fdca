(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "ar", "dir": "rtl", "close": "إغلاق", "cards": {
"leila": {"kind": "شخص", "name": "ليلى حداد", "lines": [["post", "المتحدثة، مجلس الوادي"]]},
"sela-power": {"kind": "مؤسسة", "name": "سيلا للطاقة", "lines": [["text", "تبني السد."]]},
"turbine": {"kind": "منتج", "name": "العنفة", "lines": []},
"valley": {"kind": "مجموعة", "name": "مجلس الوادي", "lines": []}
}};
