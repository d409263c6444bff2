package org.millrace.batch.corpus.demo;

import java.util.SplittableRandom;

/** Words of which sentences are made, and how. */
enum Phrases {
  /** In simplified characters. */
  SIMPLIFIED(
      new String[][] {
        {"清晨", "傍晚", "去年春天", "这个月", "下雨的时候", "每逢节日", "天黑以前", "有一年夏天"},
        {
          "工程师", "研究小组", "老师", "图书馆", "读者", "农民", "渔船", "园丁", "医生", "邻居", "乐队", "摄影师", "博物馆", "气象站",
          "铁路工人"
        },
        {"在山脚下", "在河边", "在旧城区", "在码头", "在实验室里", "在网络上", "在学校旁边", "在火车站", "在集市上"},
        {"慢慢地", "认真地", "第一次", "反复", "悄悄地", "按照顺序"},
        {"整理了", "记录了", "比较了", "画出了", "讨论了", "测量了", "介绍了", "收集了", "写下了"},
        {
          "几百张旧照片", "软件的说明", "一份详细的地图", "河水的温度", "新来的种子", "古老的歌谣", "当地的菜谱", "风和云的变化", "桥的设计",
          "孩子们的问题", "打印机的零件", "一条安静的小路"
        },
        {"，然后把结果告诉了大家", "，这让许多人感到高兴", "，可是没有人知道原因", "", "，于是计划又往前走了一步", "，后来大家都记住了这一天"},
        {"。"}
      }),
  /** The same in traditional characters, and Taiwan's words for software, network and printer. */
  TRADITIONAL(
      new String[][] {
        {"清晨", "傍晚", "去年春天", "這個月", "下雨的時候", "每逢節日", "天黑以前", "有一年夏天"},
        {
          "工程師", "研究小組", "老師", "圖書館", "讀者", "農民", "漁船", "園丁", "醫生", "鄰居", "樂隊", "攝影師", "博物館", "氣象站",
          "鐵路工人"
        },
        {"在山腳下", "在河邊", "在舊城區", "在碼頭", "在實驗室裡", "在網路上", "在學校旁邊", "在火車站", "在集市上"},
        {"慢慢地", "認真地", "第一次", "反覆", "悄悄地", "按照順序"},
        {"整理了", "記錄了", "比較了", "畫出了", "討論了", "測量了", "介紹了", "收集了", "寫下了"},
        {
          "幾百張舊照片", "軟體的說明", "一份詳細的地圖", "河水的溫度", "新來的種子", "古老的歌謠", "當地的菜譜", "風和雲的變化", "橋的設計",
          "孩子們的問題", "印表機的零件", "一條安靜的小路"
        },
        {"，然後把結果告訴了大家", "，這讓許多人感到高興", "，可是沒有人知道原因", "", "，於是計劃又往前走了一步", "，後來大家都記住了這一天"},
        {"。"}
      }),
  /** English. */
  ENGLISH(
      new String[][] {
        {"In the morning ", "Last spring ", "Before dark ", "When it rained ", "That summer "},
        {
          "an engineer ",
          "the teacher ",
          "a gardener ",
          "the museum ",
          "our neighbour ",
          "a farmer "
        },
        {"slowly ", "for the first time ", "carefully ", "quietly ", "again "},
        {"measured ", "described ", "collected ", "compared ", "drew ", "repaired "},
        {"old photographs ", "the river ", "new seeds ", "a quiet path ", "a detailed map "},
        {"near the harbour", "below the hills", "in the old town", "beside the school"},
        {". "}
      });

  private final String[][] parts;

  Phrases(String[][] parts) {
    this.parts = parts;
  }

  /** Draws the words of a sentence: in both scripts the same draws mean the same sentence. */
  int[] draw(SplittableRandom random) {
    var words = new int[parts.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = random.nextInt(parts[i].length);
    }
    return words;
  }

  /** The sentence of drawn words. */
  String sentence(int[] words) {
    var sentence = new StringBuilder();
    for (int i = 0; i < words.length; i++) {
      sentence.append(parts[i][words[i]]);
    }
    return sentence.toString();
  }
}
