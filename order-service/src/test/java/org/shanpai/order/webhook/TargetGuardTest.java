package org.shanpai.order.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shanpai.order.webhook.TargetGuard.Ruling;

class TargetGuardTest {

  private final TargetGuard local = new TargetGuard(false, InetAddress::getAllByName);
  private final TargetGuard production = new TargetGuard(true, InetAddress::getAllByName);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://203.0.113.9/x",
        "file:///etc/passwd",
        "gopher://203.0.113.9/",
        "javascript:alert(1)",
        "203.0.113.9/x",
        "http://",
        "http:///x",
        "http://user:secret@203.0.113.9/",
        "http://203.0.113.9/#part",
        "http://203.0.113.9:0/",
        "http://203.0.113.9:99999/",
        "http://no-such-host.invalid/",
        "not a url"
      })
  void whatIsNoPlainWebAddressIsRefusedEverywhere(String url) {
    assertThat(local.rule(url)).isInstanceOf(Ruling.Refused.class);
    assertThat(production.rule(url)).isInstanceOf(Ruling.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:8082/internal",
        "https://localhost/",
        "https://0.0.0.0/",
        "https://10.1.2.3/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://198.18.0.1/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://[fd12::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://2130706433/",
        "https://192.0.0.8/",
        "https://[::ffff:10.0.0.1]/",
        "https://[::7f00:1]/",
        "https://[64:ff9b:1::7f00:1]/",
        "https://[2001:0:7f00:1::]/",
        "https://[fec0::1]/",
        "https://[100::1]/",
        "https://[ff02::1]/"
      })
  void productionNeverCallsInsideTheHouse(String url) {
    assertThat(production.rule(url)).isInstanceOf(Ruling.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://203.0.113.9/hook",
        "https://203.0.113.9:8443/a?b=c",
        "https://[2001:db8::1]/"
      })
  void publicAddressesMayBeCalled(String url) {
    assertThat(production.rule(url)).isInstanceOf(Ruling.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9000/hook", "HTTP://localhost/"})
  void localModeMayCallThisMachine(String url) {
    assertThat(local.rule(url)).isInstanceOf(Ruling.Allowed.class);
  }

  @Test
  void productionCallsNothingThatAnybodyOnTheWayCanRead() {
    assertThat(production.rule("http://203.0.113.9/hook")).isInstanceOf(Ruling.Refused.class);
    assertThat(local.rule("http://203.0.113.9/hook")).isInstanceOf(Ruling.Allowed.class);
  }

  @Test
  void oneHarmlessAddressAmongSeveralDoesNotHelp() throws Exception {
    InetAddress outside = InetAddress.getByName("203.0.113.9");
    InetAddress inside = InetAddress.getByName("10.0.0.5");
    TargetGuard guard = new TargetGuard(true, host -> new InetAddress[] {outside, inside});
    assertThat(guard.rule("https://shop.example/hook")).isInstanceOf(Ruling.Refused.class);
  }

  @Test
  void whatIsCalledIsTheAddressThatWasLookedAt() throws Exception {
    InetAddress outside = InetAddress.getByName("203.0.113.9");
    TargetGuard guard = new TargetGuard(true, host -> new InetAddress[] {outside});
    assertThat(guard.rule("https://shop.example/hook"))
        .isInstanceOfSatisfying(
            Ruling.Allowed.class, allowed -> assertThat(allowed.address()).isEqualTo(outside));
  }
}
