package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import org.shanpai.stack.Program;

/** The rules of every pool as they were at first, and put back after the fuzz has changed them. */
final class PoolRules {

  private final Caller caller;
  private final World world;
  private JsonNode first;

  PoolRules(Caller caller, World world) {
    this.caller = caller;
    this.world = world;
  }

  void read() {
    first = told();
  }

  void restore() {
    JsonNode now = told();
    first
        .properties()
        .forEach(
            pool -> {
              if (!pool.getValue().equals(now.path(pool.getKey()))) {
                caller.call(
                    Program.DISPATCH,
                    world.named("fuzz"),
                    "PUT",
                    "/v1/pools/" + pool.getKey(),
                    pool.getValue());
              }
            });
  }

  private JsonNode told() {
    return caller.call(Program.DISPATCH, world.named("fuzz"), "GET", "/v1/pools", null).json();
  }
}
