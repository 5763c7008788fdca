(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "ja", "dir": "ltr", "close": "閉じる", "cards": {
"berth": {"kind": "争点", "name": "第3岸壁", "lines": [["text", "ノルトヴィントは第3岸壁を使えるか。"], ["state", "<span class=\"bb-state bb-state--resolved\">決着</span> 2025年3月1日"], ["trend", "<span class=\"bb-trend bb-trend--easing\">緩和</span> 岸壁は使われている。"]]},
"dredging": {"kind": "争点", "name": "浚渫費用の負担", "lines": [["text", "ノルトヴィントは浚渫の費用を負担すべきか。"], ["state", "<span class=\"bb-state bb-state--in-court\">訴訟中</span> 2024年5月13日"], ["trend", "<span class=\"bb-trend bb-trend--worsening\">悪化</span> 協議の予定がない。"]]},
"ferry": {"kind": "争点", "name": "渡し船", "lines": [["withdrawn", "2025年1月10日に取り下げ：存在しなかった。桟橋の灯を参照。"], ["text", "渡し船はあったのか。"], ["state", "<span class=\"bb-state bb-state--open\">対立中</span> 2014年"]]},
"lamps": {"kind": "争点", "name": "桟橋の灯", "lines": [["text", "桟橋の灯は誰がともすのか。"], ["state", "<span class=\"bb-state bb-state--moot\">争点消滅</span> 2021年11月30日"], ["trend", "<span class=\"bb-trend bb-trend--unchanged\">変化なし</span> 桟橋がない。"]]}
}};
