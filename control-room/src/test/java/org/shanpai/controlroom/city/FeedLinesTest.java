package org.shanpai.controlroom.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.controlroom.fixture.Jobs;

class FeedLinesTest {

  private static final Instant AT = Instant.parse("2026-11-20T04:30:00Z");

  @Test
  void callForAnOperatorIsLoudAndSaidOnce() {
    Jobs job = Jobs.job(JobStatus.OPEN).unclaimed("OPERATOR_CALLED").reason("OPERATOR_CALLED");
    FeedItem line = FeedLines.of("e-1", AT, job.state()).orElseThrow();
    assertThat(line.what()).isEqualTo("JOB_UNCLAIMED");
    assertThat(line.tone()).isEqualTo(FeedItem.Tone.BAD);
    assertThat(line.reason()).isEqualTo("OPERATOR_CALLED");
    // What is told of the job later has another reason, and is no second call.
    assertThat(FeedLines.of("e-2", AT, job.reason("OFFERED").state())).isEmpty();
  }

  @Test
  void betterPayIsAQuietLine() {
    Jobs job = Jobs.job(JobStatus.OPEN).unclaimed("PAY_RAISED").reason("PAY_RAISED");
    assertThat(FeedLines.of("e-1", AT, job.state()).orElseThrow().tone())
        .isEqualTo(FeedItem.Tone.WARN);
  }
}
