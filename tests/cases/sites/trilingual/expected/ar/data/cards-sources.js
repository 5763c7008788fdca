(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "ar", "dir": "rtl", "close": "إغلاق", "cards": {
"contract": {"kind": "مصدر أصلي", "name": "سيلا للطاقة", "lines": [["text", "العقد"], ["date", "30 مارس 2025"], ["read", "قُرئ كاملًا"]]},
"herald": {"kind": "غرفة أخبار", "name": "صحيفة المنادي", "lines": [["text", "الانسحاب"], ["date", "1 مارس 2024"], ["read", "قُرئ عبر نسخة (مكتبة)، باشتراك مدفوع"]]}
}};
