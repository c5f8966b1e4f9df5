package org.shanpai.dispatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;

class StepTest {

  /** Every legal pair; whatever is not here must be refused. */
  private static final String TABLE =
      """
      ARRIVED_STORE    ASSIGNED    AT_STORE
      PICKED_UP        AT_STORE    PICKED_UP
      ARRIVED_CUSTOMER PICKED_UP   AT_CUSTOMER
      DELIVERED        AT_CUSTOMER DELIVERED
      DELIVERED        EXCEPTION   DELIVERED
      UNDELIVERABLE    PICKED_UP   RETURNING
      UNDELIVERABLE    AT_CUSTOMER RETURNING
      RETURNED         RETURNING   RETURNED
      RETURNED         EXCEPTION   RETURNED
      """;

  @Test
  void stepsAreLegalExactlyWhereTheTableSaysSo() {
    List<String> legal = new ArrayList<>();
    for (Step step : Step.values()) {
      for (JobStatus status : JobStatus.values()) {
        if (step.legalFrom(status)) {
          legal.add(step + " " + status + " " + step.to());
        }
      }
    }
    assertThat(legal)
        .containsExactlyInAnyOrderElementsOf(
            TABLE.lines().map(line -> line.replaceAll(" +", " ")).toList());
  }

  @Test
  void nextStepIsAlwaysLegalAndMissingOnlyWhereTheRiderHasNothingToDo() {
    for (JobStatus status : JobStatus.values()) {
      boolean riderActs = Job.HELD.contains(status);
      assertThat(Step.next(status).isPresent()).as("%s", status).isEqualTo(riderActs);
      Step.next(status).ifPresent(step -> assertThat(step.legalFrom(status)).isTrue());
    }
  }
}
