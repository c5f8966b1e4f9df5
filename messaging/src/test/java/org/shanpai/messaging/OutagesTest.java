package org.shanpai.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import jakarta.persistence.OptimisticLockException;
import java.util.concurrent.CompletionException;
import org.hibernate.StaleObjectStateException;
import org.junit.jupiter.api.Test;

class OutagesTest {

  private static Throwable sql(String state) {
    return new CompletionException(new PgException("no", "ERROR", state, "detail"));
  }

  @Test
  void deadlocksAndRowsChangedMeanwhileCanBeTriedAgain() {
    assertThat(Outages.passing(sql("40P01"))).isTrue();
    assertThat(
            Outages.passing(
                new OptimisticLockException(new StaleObjectStateException("job", "j-1"))))
        .isTrue();
    assertThat(Outages.passing(new CompletionException(new StaleObjectStateException("job", "1"))))
        .isTrue();
  }

  @Test
  void brokenRulesAndBugsCannot() {
    assertThat(Outages.passing(sql("23505"))).isFalse();
    assertThat(Outages.passing(new IllegalStateException("a bug"))).isFalse();
  }
}
