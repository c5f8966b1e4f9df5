package org.shanpai.dispatch.intake;

/** What an order's state has changed so far and has still to be told. */
final class Changes {

  private boolean job;
  private boolean work;

  void job() {
    job = true;
  }

  void work() {
    work = true;
  }

  boolean ofJob() {
    return job;
  }

  boolean ofWork() {
    return work;
  }
}
