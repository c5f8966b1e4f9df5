package org.shanpai.servicebench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Medians, spreads and percentiles. */
class MeasureTest {

  @Test
  void ratiosAreTakenRoundByRound() {
    Repetitions ours = new Repetitions(10, 30, 20);
    Repetitions rival = new Repetitions(1, 10, 4);
    assertThat(ours.over(rival).values()).containsExactly(10, 3, 5);
    assertThat(ours.over(rival).median()).isEqualTo(5);
    assertThat(ours.spread()).isEqualTo(1);
  }

  @Test
  void reportHoldsEveryRound() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    new Repetitions(1.26, 3, 2).addTo(json, "rate", 1);
    assertThat(json.toString())
        .isEqualTo("{\"rate\":{\"median\":2.0,\"spread\":0.87,\"each\":[1.3,3.0,2.0]}}");
  }

  @Test
  void percentilesAreOfWhatIsKept() {
    Latencies latencies = new Latencies(100);
    assertThat(latencies.millis(0.5)).isNaN();
    for (int i = 0; i < 50; i++) {
      latencies.add(9_000_000_000L);
    }
    for (int i = 100; i >= 1; i--) {
      latencies.add(i * 1_000_000L);
    }
    assertThat(latencies.millis(0.5)).isEqualTo(50);
    assertThat(latencies.millis(0.99)).isEqualTo(99);
    assertThat(latencies.millis(1)).isEqualTo(100);
    assertThat(latencies.count()).isEqualTo(150);
  }

  @Test
  void cpuOfThisProcessIsKnown() {
    long pid = ProcessHandle.current().pid();
    assertThat(MachineFacts.cpuOf(List.of(pid)).toNanos()).isPositive();
    assertThat(MachineFacts.cpuOf(List.of(Long.MAX_VALUE)).toNanos()).isZero();
  }
}
