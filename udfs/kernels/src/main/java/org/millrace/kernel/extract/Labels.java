package org.millrace.kernel.extract;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the names mean by which pages declare a charset: the labels of the WHATWG Encoding Standard,
 * by which browsers read Latin-1 as windows-1252 and GB 2312 as GB 18030.
 */
final class Labels {

  private static final Map<String, String> NAMES = new HashMap<>();

  static {
    name("UTF-8", "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8");
    name("UTF-16LE", "utf-16le utf-16 ucs-2 unicode csunicode iso-10646-ucs-2 unicodefeff");
    name("UTF-16BE", "utf-16be unicodefffe");
    name(
        "windows-1252",
        "windows-1252 cp1252 x-cp1252 latin1 l1 latin-1 ascii us-ascii iso-8859-1 iso8859-1"
            + " iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 csisolatin1 ibm819 cp819"
            + " ansi_x3.4-1968");
    name(
        "GB18030",
        "gb18030 gbk gb2312 gb_2312 gb_2312-80 x-gbk chinese csgb2312 iso-ir-58"
            + " csiso58gb231280 cp936 euc-cn");
    name("Big5-HKSCS", "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950");
    name("windows-31j", "shift_jis shift-jis sjis x-sjis csshiftjis ms932 ms_kanji windows-31j");
    name("EUC-JP", "euc-jp x-euc-jp cseucpkdfmtjapanese");
    name("ISO-2022-JP", "iso-2022-jp csiso2022jp");
    name(
        "x-windows-949",
        "euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean cseuckr csksc56011987"
            + " iso-ir-149 windows-949 cp949");
    name("KOI8-R", "koi8-r koi8 koi cskoi8r koi8_r");
    name("KOI8-U", "koi8-u koi8-ru");
    name("IBM866", "ibm866 866 cp866 csibm866");
    name("x-windows-874", "windows-874 tis-620 iso-8859-11 iso8859-11 dos-874");
    name("windows-1254", "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 latin5 l5 csisolatin5");
    for (int page : new int[] {1250, 1251, 1253, 1255, 1256, 1257, 1258}) {
      name("windows-" + page, "windows-" + page + " cp" + page + " x-cp" + page);
    }
    for (int part : new int[] {2, 3, 4, 5, 6, 7, 8, 13, 15}) {
      var number = "8859-" + part;
      name("ISO-" + number, "iso-" + number + " iso" + number + " iso_" + number);
    }
    // The detector's name for what on the web is nearly always the other Cyrillic charset.
    name("windows-1251", "maccyrillic");
    name("ISO-8859-2", "latin2 l2 csisolatin2");
    name("ISO-8859-5", "cyrillic csisolatincyrillic");
    name("ISO-8859-6", "arabic");
    name("ISO-8859-7", "greek greek8 csisolatingreek");
    name("ISO-8859-8", "hebrew visual iso-8859-8-i logical");
    name("ISO-8859-15", "latin9 l9 latin-9");
    name("x-MacRoman", "macintosh mac csmacintosh x-mac-roman");
    name("x-MacCyrillic", "x-mac-cyrillic x-mac-ukrainian");
  }

  private Labels() {}

  /** The charset that a label means; null for an unknown label or one that Java can't decode. */
  static Charset charset(String label) {
    var name = label == null ? null : NAMES.get(label.strip().toLowerCase(Locale.ROOT));
    return name != null && Charset.isSupported(name) ? Charset.forName(name) : null;
  }

  private static void name(String charset, String labels) {
    for (var label : labels.split(" ")) {
      NAMES.put(label, charset);
    }
  }
}
