"""Plain words of documentation, English and Chinese: enough to tell which text translates which.

No word is reported that is said in another way; the glossary has the words that must be said alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: English stem -> what a Chinese text about it has, in either script.
_WORDS: Final[dict[str, str]] = {
    "account": "账户 账号 帳戶 帳號", "admin": "管理", "arabic": "阿拉伯", "archiv": "归档 存档 封存",
    "author": "作者", "backup": "备份 備份", "basic": "基本 基础 基礎", "blog": "博客 部落格",
    "book": "书 書", "browser": "浏览器 瀏覽器", "bug": "缺陷 错误 bug 錯誤", "build": "构建 建置 编译",
    "button": "按钮 按鈕", "cache": "缓存 快取", "calendar": "日历 日曆 行事曆",
    "change": "更改 变更 变化 改动 修改 變更", "changelog": "更新日志 变更 更新日誌",
    "channel": "频道 渠道 頻道 管道", "chapter": "章", "chinese": "中文 汉语",
    "client": "客户端 用户端 用戶端 客戶端", "cloud": "云 雲", "code": "代码 程序 程式",
    "collect": "收集 集合 蒐集", "color": "颜色 色 顏色", "colour": "颜色 色 顏色",
    "command": "命令 指令", "comment": "注释 评论 註解 評論", "community": "社区 社群",
    "compar": "比较 对比 比較", "config": "配置 设置 设定 設定", "connect": "连接 連線 連接",
    "contact": "联系 聯絡", "content": "内容 內容", "contribut": "贡献 貢獻", "copy": "复制 副本 複製",
    "course": "课 課", "create": "创建 新建 建立", "data": "数据 資料", "database": "数据库 資料庫",
    "date": "日期", "debug": "调试 除錯", "default": "默认 預設", "delete": "删除 刪除", "deploy": "部署",
    "design": "设计 設計", "develop": "开发 開發", "device": "设备 裝置", "disk": "磁盘 磁碟",
    "document": "文档 文件", "domain": "域", "download": "下载 下載", "edit": "编辑 編輯",
    "editor": "编辑器 编辑 編輯", "email": "邮件 電子郵件", "english": "英语 英文 英語",
    "error": "错误 错 錯誤", "event": "事件 活动 活動", "example": "示例 例 範例",
    "exercise": "练习 練習", "export": "导出 匯出", "extension": "扩展 擴充", "faq": "常见问题 常見問題",
    "feature": "功能 特性", "field": "字段 栏 欄位", "file": "文件 檔", "filter": "过滤 筛选 篩選",
    "first": "第一 首先 首", "folder": "文件夹 目录 資料夾", "font": "字体 字型", "form": "表单 表單",
    "format": "格式", "forum": "论坛 論壇", "free": "免费 自由 免費", "french": "法语 法文 法語",
    "function": "函数 功能 函式", "gateway": "网关 閘道", "german": "德语 德文 德語",
    "getting started": "入门 快速开始 入門", "glossary": "术语 詞彙", "guide": "指南",
    "help": "帮助 帮忙 幫助 說明", "home": "主页 首页 首頁", "icon": "图标 圖示", "image": "图 圖 影像",
    "import": "导入 匯入", "index": "索引", "install": "安装 安裝", "interface": "接口 界面 介面",
    "introduc": "介绍 简介 引入 介紹 簡介", "issue": "问题 议题 問題 議題", "italian": "意大利",
    "japanese": "日语 日文 日語", "key": "键 密钥 鍵 金鑰", "keyboard": "键盘 鍵盤",
    "korean": "韩语 韓語", "language": "语言 語言", "last": "最后 上次 最後", "layout": "布局 版面",
    "lesson": "课 課", "librar": "库 函式庫", "license": "许可 授權", "licence": "许可 授權",
    "line": "行", "link": "链接 連結", "list": "列表 清单 清單", "log": "日志 日誌", "login": "登录 登入",
    "mail": "邮件 邮 郵件", "manual": "手册 手冊 手动", "map": "地图 映射 地圖", "member": "成员 成員",
    "memory": "内存 記憶體", "menu": "菜单 選單", "message": "消息 訊息", "migrat": "迁移 遷移",
    "model": "模型", "module": "模块 模組", "name": "名", "network": "网络 網路",
    "news": "新闻 新聞 动态", "next": "下一 接下来 下一步", "notebook": "笔记本 筆記本",
    "number": "数 編號 編號 编号", "open": "打开 开放 開啟", "option": "选项 選項",
    "overview": "概述 概览 總覽", "package": "包 套件", "page": "页 頁", "partner": "伙伴 夥伴",
    "password": "密码 密碼", "path": "路径 路徑", "permission": "权限 權限", "picture": "图 圖片",
    "plan": "计划 方案 計畫", "plugin": "插件 外掛", "polic": "政策 策略", "port": "端口 連接埠",
    "price": "价格 價格", "print": "打印 输出 列印", "privacy": "隐私 隱私", "problem": "问题 問題",
    "process": "进程 过程 程序 流程", "program": "程序 程式", "project": "项目 專案",
    "publish": "发布 發布", "query": "查询 查詢", "question": "问题 問題 提问", "quick": "快速",
    "read": "读 阅读 閱讀", "reader": "读者 讀者", "record": "记录 紀錄 录",
    "reference": "参考 引用 參考", "release": "发布 版本 發行", "remove": "移除 删除 刪除",
    "report": "报告 報告 回報", "repositor": "仓库 儲存庫", "request": "请求 請求",
    "restore": "恢复 还原 還原", "review": "审 评 審", "roadmap": "路线图 藍圖", "role": "角色",
    "russian": "俄语 俄語", "save": "保存 儲存", "schedule": "计划 调度 排程 时间表",
    "schema": "模式 架构 綱要", "screen": "屏幕 螢幕", "script": "脚本 指令碼", "search": "搜索 搜尋",
    "section": "节 部分 小節", "security": "安全", "server": "服务器 伺服器", "setting": "设置 设定 設定",
    "setup": "设置 安装 設定", "share": "分享 共享", "size": "大小 尺寸", "source": "源 来源 來源",
    "spanish": "西班牙", "speed": "速度", "start": "开始 启动 入门 開始 啟動", "status": "状态 狀態",
    "step": "步", "storage": "存储 儲存", "string": "字符串 字串", "style": "样式 风格 樣式",
    "support": "支持 支援", "switch": "切换 开关 切換", "system": "系统 系統", "table": "表",
    "tag": "标签 標籤", "task": "任务 任務", "team": "团队 團隊", "template": "模板 範本",
    "term": "术语 条款 詞彙 條款", "test": "测试 測試", "text": "文本 文字", "theme": "主题 主題",
    "thread": "线程 執行緒", "time": "时间 时 時間", "title": "标题 標題", "token": "令牌 词元 權杖",
    "tool": "工具", "train": "训练 训 訓練", "translat": "翻译 译 翻譯",
    "troubleshoot": "故障排除 排查 疑难", "tutorial": "教程 教學", "update": "更新",
    "upgrade": "升级 升級", "upload": "上传 上傳", "use": "用", "user": "用户 使用者",
    "variable": "变量 變數", "version": "版本 版", "video": "视频 影片", "volunteer": "志愿者 志工",
    "warning": "警告", "web": "网 網", "website": "网站 網站", "wiki": "维基 wiki", "window": "窗口 視窗",
    "write": "写 编写 撰写 寫",
}  # fmt: skip
_LATIN: Final = re.compile(r"[a-z]+")


@lru_cache(maxsize=16384)
def known_words(text: str) -> frozenset[str]:
    """The stems of the words in the English ``text`` whose Chinese is known."""
    lower = text.lower()
    words = _LATIN.findall(lower)
    found = {stem for stem in _WORDS if " " in stem and stem in lower}
    for word in words:
        # The longest stem is the word: "changelog" is no "change".
        stems = [word[:length] for length in range(len(word), 2, -1) if word[:length] in _WORDS]
        if stems and len(word) - len(stems[0]) <= _ENDING:
            found.add(stems[0])
    return frozenset(found)


#: How many letters an English ending has at most: "translators", "configuration".
_ENDING: Final = 7


def is_said(stem: str, text: str) -> bool:
    """Whether the Chinese ``text`` has a word for ``stem``."""
    return any(word in text for word in _WORDS[stem].split())


def likeness(english: str, chinese: str) -> int:
    """How many known words of ``english`` are said in ``chinese``."""
    return sum(is_said(stem, chinese) for stem in known_words(english))
