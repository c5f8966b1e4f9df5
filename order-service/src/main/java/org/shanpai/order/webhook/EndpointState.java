package org.shanpai.order.webhook;

/** Whether an endpoint is sent to. */
public enum EndpointState {
  ENABLED,
  /** Dead for the whole patience, or gone; its notices wait until the merchant enables it. */
  SWITCHED_OFF
}
