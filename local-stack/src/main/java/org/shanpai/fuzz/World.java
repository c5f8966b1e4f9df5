package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.shanpai.openapi.ApiOperation;
import org.shanpai.stack.CannotRun;
import org.shanpai.stack.Program;

/**
 * Who and what is there before the first bad request: operators of every role, two merchants with
 * stores, riders, areas; all made through the public APIs. Immutable after {@link #build}.
 */
final class World {

  static final String AREA = "a-fuzz";
  static final String HALL_AREA = "a-hall";
  static final String HALL_STORE = "s-hall";
  static final String HALL_MERCHANT = "m-two";

  /** Whom the services' tokens speak for. */
  static final String SPOKEN_FOR = "r-one";

  /** A second manager, who may judge what the first one decided. */
  static final String CHIEF = "fuzz-chief";

  private static final String PASSWORD = "tea at 3 in the rain";

  private final Caller caller;
  private final KnownIds known;
  private final String receiver;
  private final List<Persona> personas = new ArrayList<>();

  World(Caller caller, KnownIds known, String receiver) {
    this.caller = caller;
    this.known = known;
    this.receiver = receiver;
  }

  /**
   * @param code the one-time code of the first operator
   */
  void build(String code, Path keys, Instant wallNow) {
    must(
        caller.call(
            Program.CONTROL_ROOM,
            Persona.NOBODY,
            "POST",
            "/v1/operators/first",
            Map.of("code", code, "username", "fuzz", "password", PASSWORD)),
        "the first operator");
    Persona manager = signIn("fuzz", "manager");
    for (String role : List.of("dispatcher", "station-manager", "viewer")) {
      operator(manager, "fuzz-" + role, role);
    }
    operator(manager, CHIEF, "manager");
    putAreas(manager);
    for (String name : List.of("m-one", "m-two", "m-spare")) {
      merchant(manager, name);
    }
    for (String name : List.of("r-one", "r-two", "r-three", Lore.HALL_RIDER, "r-spare")) {
      rider(manager, name);
    }
    for (Program program : Program.values()) {
      service(keys, program, SPOKEN_FOR, wallNow);
    }
    service(keys, Program.DISPATCH, Lore.HALL_RIDER, wallNow);
    known.only(KnownIds.EVERYBODY, "grab who", TextNode.valueOf(Lore.HALL_RIDER));
    personas.add(Persona.NOBODY);
  }

  private void service(Path keys, Program program, String actor, Instant wallNow) {
    String issuer = program == Program.RIDER ? "order-service" : "rider-service";
    String token = ServiceToken.sign(keys, issuer, program.text(), actor, wallNow);
    personas.add(new Persona(actor, "service", token, program));
  }

  /** The same operator in another session, which may end. */
  Persona anotherSession(Persona operator) {
    Answer answer =
        caller.call(
            Program.CONTROL_ROOM,
            Persona.NOBODY,
            "POST",
            "/v1/operators/sessions",
            Map.of("username", operator.name(), "password", PASSWORD));
    return answer.ok()
        ? new Persona(
            operator.name(), operator.role(), answer.json().path("accessToken").asText(), null)
        : operator;
  }

  private void operator(Persona manager, String name, String role) {
    must(
        caller.call(
            Program.CONTROL_ROOM,
            manager,
            "POST",
            "/v1/operators",
            Map.of("username", name, "password", PASSWORD, "roles", List.of(role))),
        "the operator " + name);
    signIn(name, role);
  }

  private Persona signIn(String username, String role) {
    known.put("nobody", "username", JsonNodeFactory.instance.textNode(username));
    Answer answer =
        must(
            caller.call(
                Program.CONTROL_ROOM,
                Persona.NOBODY,
                "POST",
                "/v1/operators/sessions",
                Map.of("username", username, "password", PASSWORD)),
            "the session of " + username);
    return add(new Persona(username, role, answer.json().path("accessToken").asText(), null));
  }

  private void merchant(Persona manager, String name) {
    JsonNode told =
        must(
                caller.call(
                    Program.ORDER, manager, "PUT", "/v1/merchants/" + name, Map.of("name", name)),
                "merchant " + name)
            .json();
    Answer token =
        must(
            caller.call(
                Program.ORDER,
                Persona.NOBODY,
                "POST",
                "/v1/tokens",
                Map.of(
                    "clientId", told.path("clientId").asText(),
                    "clientSecret", told.path("clientSecret").asText())),
            "the token of " + name);
    Persona merchant =
        add(new Persona(name, "merchant", token.json().path("accessToken").asText(), null));
    putStores(merchant);
    must(
        caller.call(Program.ORDER, merchant, "PUT", "/v1/webhook", Map.of("url", receiver)),
        "the webhook of " + name);
  }

  private void rider(Persona manager, String name) {
    Map<String, Object> profile = new LinkedHashMap<>();
    profile.put("label", "骑手 " + name);
    profile.put("name", "王小明");
    // Two riders with one phone would be one person, who may sign up for a campaign once.
    profile.put("phone", "138000001%02d".formatted(personas.size()));
    profile.put("pool", "CROWDSOURCED");
    profile.put("capacityUnits", 8);
    profile.put("equipment", List.of("COLD_BOX"));
    profile.put("priorOrders", 100);
    JsonNode told =
        must(
                caller.call(Program.RIDER, manager, "PUT", "/v1/riders/" + name, profile),
                "rider " + name)
            .json();
    Answer session =
        must(
            caller.call(
                Program.RIDER,
                Persona.NOBODY,
                "POST",
                "/v1/riders/sessions",
                Map.of(
                    "riderId",
                    name,
                    "secret",
                    told.path("secret").asText(),
                    "deviceKey",
                    phone(name))),
            "the session of " + name);
    if (name.equals("r-three")) {
      known.put("nobody", "secret", told.path("secret"));
      known.put("nobody", "riderId", told.path("riderId"));
      known.put("nobody", "deviceKey", JsonNodeFactory.instance.textNode(phone(name)));
    }
    add(new Persona(name, "rider", session.json().path("accessToken").asText(), null));
  }

  private static String phone(String rider) {
    return "phone-of-a-rider-in-the-fuzzed-city-" + rider;
  }

  void putAreas(Persona manager) {
    Map<String, Double> middles =
        Map.of(AREA, Lore.LAT, HALL_AREA, Lore.HALL_LAT, "a-spare", Lore.LAT + 1);
    for (String area : middles.keySet()) {
      double lat = middles.get(area);
      must(
          caller.call(
              Program.GEO,
              manager,
              "PUT",
              "/v1/areas/" + area,
              Map.of(
                  "name",
                  area,
                  "coordinateSystem",
                  "WGS-84",
                  "outline",
                  List.of(
                      place(lat - 0.09, Lore.LON - 0.1),
                      place(lat - 0.09, Lore.LON + 0.1),
                      place(lat + 0.09, Lore.LON + 0.1),
                      place(lat + 0.09, Lore.LON - 0.1)))),
          "area " + area);
    }
  }

  /** Where webhooks may go. */
  String receiver() {
    return receiver;
  }

  void putStores(Persona merchant) {
    String mine = merchant.name().substring(2);
    List<String> stores = new ArrayList<>(List.of("s-" + mine, "s-" + mine + "-b"));
    if (merchant.name().equals(HALL_MERCHANT)) {
      stores.add(HALL_STORE);
    }
    for (String store : stores) {
      caller.call(
          Program.ORDER,
          merchant,
          "PUT",
          "/v1/stores/" + store,
          Map.of(
              "name",
              "晨光便利 " + store,
              "coordinateSystem",
              "WGS-84",
              "place",
              place(store.equals(HALL_STORE) ? Lore.HALL_LAT : Lore.LAT, Lore.LON),
              "rangeMetres",
              5_000,
              "preparationSeconds",
              60,
              "open",
              true));
    }
  }

  static Map<String, Double> place(double lat, double lon) {
    return Map.of("lat", lat, "lon", lon);
  }

  private Persona add(Persona persona) {
    personas.add(persona);
    return persona;
  }

  Persona named(String name) {
    return personas.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  List<Persona> of(String role) {
    return personas.stream().filter(one -> one.role().equals(role)).toList();
  }

  /** Somebody who has the right to it; nobody in particular when none is needed. */
  Persona one(ApiOperation operation, Program program, Random random) {
    Set<String> roles = operation.roles();
    List<Persona> fit =
        personas.stream().filter(one -> one.goodAt(program) && roles.contains(one.role())).toList();
    if (random.nextInt(10) < 8) {
      List<Persona> able = fit.stream().filter(one -> able(operation, one)).toList();
      fit = able.isEmpty() ? fit : able;
    }
    return fit.isEmpty() ? Persona.NOBODY : fit.get(random.nextInt(fit.size()));
  }

  /** Whether life beside the fuzz has found that it can be done by them just now. */
  private boolean able(ApiOperation operation, Persona one) {
    return known.has(
        KnownIds.EVERYBODY, RequestMaker.deed(operation) + " who", TextNode.valueOf(one.name()));
  }

  /** Somebody of another role. */
  Persona other(Set<String> roles, Random random) {
    List<Persona> unfit = personas.stream().filter(one -> !roles.contains(one.role())).toList();
    return unfit.isEmpty() ? Persona.NOBODY : unfit.get(random.nextInt(unfit.size()));
  }

  private static Answer must(Answer answer, String what) {
    if (!answer.ok()) {
      throw new CannotRun(
          "The fuzz run cannot begin: %s was answered with %d %s"
              .formatted(
                  what,
                  answer.status(),
                  answer.failure() == null ? answer.text() : answer.failure()));
    }
    return answer;
  }
}
