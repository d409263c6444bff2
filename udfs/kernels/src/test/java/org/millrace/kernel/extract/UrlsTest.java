package org.millrace.kernel.extract;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

  @ParameterizedTest
  @CsvSource({
    "HTTP://Www.Example.COM, http://www.example.com/",
    "http://example.com:80/a, http://example.com/a",
    "https://example.com:443/, https://example.com/",
    "http://example.com:8080/, http://example.com:8080/",
    "https://example.com:80/, https://example.com:80/",
    "http://example.com:/, http://example.com/",
    "http://user:pw@example.com/, http://example.com/",
    "http://exämple.com/ä, http://xn--exmple-cua.com/%C3%A4",
    "https://例子.中国/路?q=水, https://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF?q=%E6%B0%B4",
    "http://a.com/b/../c/./d, http://a.com/c/d",
    "http://a.com/../../x/.., http://a.com/",
    "http://a.com/b/., http://a.com/b/",
    "http://a.com//b, http://a.com//b",
    "http://a.com/%7ex%2fy%c3%a9, http://a.com/~x%2Fy%C3%A9",
    "http://a.com/100%/%zz, http://a.com/100%25/%25zz",
    "http://a.com/a b, http://a.com/a%20b",
    "http://a.com/#top, http://a.com/",
    "http://a.com?x=1#y, http://a.com/?x=1",
    "http://a.com/?, http://a.com/",
    "http://a.com/?b=2&utm_source=x&a=1&gclid=3&FBCLID=4, http://a.com/?b=2&a=1",
    "http://a.com/?utm_source=x, http://a.com/",
    "http://a.com/?gclidx=1&x, http://a.com/?gclidx=1&x",
    "'  http://a.com/x  ', http://a.com/x",
    "http:\\\\a.com\\x, http://a.com/x",
    "http://a.com./, http://a.com/",
    "http://[2001:DB8::1]:8080/x, http://[2001:db8::1]:8080/x",
    "http://a_b.example.com/, http://a_b.example.com/"
  })
  void hasOneForm(String url, String normal) {
    assertThat(Urls.normal(url)).isEqualTo(normal);
    assertThat(Urls.normal(normal)).isEqualTo(normal);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "foo bar",
        "http://",
        "http:///x",
        "mailto:a@b",
        "//x.y/z",
        "javascript:alert(1)",
        "http://a b/",
        "http://a.com:99999/",
        "http://a.com:x/",
        "http://[x]/",
        "http:a.com",
        "http://a..b/",
        "http://<a>/",
        "warc-info:x",
        ":",
        "http://@/"
      })
  void knowsWhatIsNoAddress(String url) {
    assertThat(Urls.normal(url)).isNull();
    assertThat(Urls.host(url)).isNull();
    assertThat(Urls.site(url)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://www.Example.co.uk:8080/x, www.example.co.uk, example.co.uk",
    "https://a.b.example.com.cn/, a.b.example.com.cn, example.com.cn",
    "https://x.foo.github.io/, x.foo.github.io, foo.github.io",
    "http://www.例子.中国/, www.xn--fsqu00a.xn--fiqs8s, xn--fsqu00a.xn--fiqs8s",
    "http://1.2.3.4/, 1.2.3.4, 1.2.3.4",
    "http://localhost/, localhost, localhost",
    "http://[::1]/, [::1], [::1]"
  })
  void hasAHostAndASite(String url, String host, String site) {
    assertThat(Urls.host(url)).isEqualTo(host);
    assertThat(Urls.site(url)).isEqualTo(site);
  }

  @Test
  void readsAddressesOfMegabytes() {
    assertThat(Urls.normal("http://a.com/" + "../x/".repeat(500_000))).isEqualTo("http://a.com/x/");
    assertThat(Urls.normal("http://" + "a.".repeat(1_000_000))).isNull();
    assertThat(Urls.normal("http://a.com/?" + "utm_x=1&".repeat(500_000) + "b"))
        .isEqualTo("http://a.com/?b");
  }

  @Property(tries = 1000)
  void theNormalFormIsItsOwn(@ForAll String rest, @ForAll boolean afterHost) {
    var normal = Urls.normal((afterHost ? "http://a.com/" : "http://") + rest);

    assertThat(normal == null ? null : Urls.normal(normal)).isEqualTo(normal);
    assertThat(Urls.normal(rest)).isNull();
    assertThat(normal != null || !afterHost).isTrue();
  }
}
