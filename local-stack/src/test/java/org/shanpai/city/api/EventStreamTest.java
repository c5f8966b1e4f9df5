package org.shanpai.city.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private final List<String> events = new ArrayList<>();
  private final Http.Lines lines =
      new Http.Lines(
          new Http.Listener() {
            @Override
            public void opened() {}

            @Override
            public void event(String name, String id, String data) {
              events.add(name + "#" + id + " " + data);
            }

            @Override
            public void closed(int status) {}
          });

  private void receive(String... text) {
    for (String line : text) {
      lines.onNext(line);
    }
  }

  @Test
  void eventsEndWithAnEmptyLine() {
    receive("event: offer", "id: 7", "data: {\"a\":1}", "", "event:work", "id:8", "data:{}", "");
    assertThat(events).containsExactly("offer#7 {\"a\":1}", "work#8 {}");
  }

  @Test
  void heartbeatsAreNoEvents() {
    receive(":", ": still here", "", "data: x", "data: y", "");
    assertThat(events).containsExactly("message#null x\ny");
  }

  @Test
  void unfinishedEventOfABrokenStreamIsNotTaken() {
    receive("event: offer", "id: 9", "data: {");
    lines.onError(new java.io.IOException("planted"));
    assertThat(events).isEmpty();
  }
}
