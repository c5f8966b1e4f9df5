package org.shanpai.city.api;

/** Where the public APIs are, each {@code http://host:port}. */
public record Endpoints(
    String controlRoom, String order, String dispatch, String rider, String geo) {}
