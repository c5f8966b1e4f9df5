package org.shanpai.openapi;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;

/**
 * Switches {@link AnswerContract} on in every Quarkus test that has this module on its class path:
 * found by the service loader, so that no test can forget it.
 */
public final class AnswersHeld implements QuarkusTestBeforeEachCallback {

  @Override
  public void beforeEach(QuarkusTestMethodContext context) {
    AnswerContract.everywhere();
  }
}
