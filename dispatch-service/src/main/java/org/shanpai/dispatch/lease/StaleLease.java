package org.shanpai.dispatch.lease;

/** A wave was about to commit under a lease that somebody else holds by now. */
public class StaleLease extends RuntimeException {

  public StaleLease(Lease lease) {
    super("the lease " + lease + " has been taken over", null, false, false);
  }
}
