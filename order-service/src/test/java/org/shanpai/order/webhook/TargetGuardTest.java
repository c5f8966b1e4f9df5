package org.shanpai.order.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shanpai.order.webhook.TargetGuard.Ruling;

class TargetGuardTest {

  private final TargetGuard local = new TargetGuard(false);
  private final TargetGuard production = new TargetGuard(true);

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
        "http://127.0.0.1:8082/internal",
        "http://localhost/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[fd12::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://2130706433/"
      })
  void productionNeverCallsInsideTheHouse(String url) {
    assertThat(production.rule(url)).isInstanceOf(Ruling.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://203.0.113.9/hook",
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
}
