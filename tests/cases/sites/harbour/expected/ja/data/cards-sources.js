(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "ja", "dir": "ltr", "close": "閉じる", "cards": {
"blog": {"kind": "まとめ・転載", "name": "Quay Notes", "lines": [["read", "本文は未読（リンクのみ）"]]},
"filing": {"kind": "一次資料", "name": "海事裁判所事務局", "lines": [["text", "訴状"], ["date", "2024年5月13日"], ["read", "全文を確認"]]},
"gazette-2024": {"kind": "報道機関", "name": "海森ガゼット", "lines": [["text", "港の対立、法廷へ"], ["date", "2024年6月"], ["read", "一部を確認、有料記事"]]},
"trade-note": {"kind": "専門媒体", "name": "浚渫通信", "lines": [["text", "年次調査"], ["read", "転載で確認（読者の写し）"]]}
}};
