package org.shanpai.messaging;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.contracts.event.WeatherAlert;

/** Handlers that write one row an event, and one that fails where the event tells it to. */
class Handlers {

  @ApplicationScoped
  static class Scores implements EventHandler<ScoreEntry> {
    private final Tx tx;

    Scores(Tx tx) {
      this.tx = tx;
    }

    @Override
    public EventType<ScoreEntry> type() {
      return EventType.SCORE_ENTRY;
    }

    @Override
    public Uni<Void> on(Event<ScoreEntry> event) {
      return effect(tx, "score " + event.data().subject())
          .invoke(
              () -> {
                if (event.data().rule().equals("BREAKS")) {
                  throw new IllegalStateException("the handler breaks after its effect");
                }
              });
    }
  }

  @ApplicationScoped
  static class Weather implements EventHandler<WeatherAlert> {
    private final Tx tx;

    Weather(Tx tx) {
      this.tx = tx;
    }

    @Override
    public EventType<WeatherAlert> type() {
      return EventType.WEATHER_ALERT;
    }

    @Override
    public Uni<Void> on(Event<WeatherAlert> event) {
      return effect(tx, "weather " + event.key() + " " + event.version());
    }
  }

  static Uni<Void> effect(Tx tx, String what) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("insert into effect (what) values (:what)")
                    .setParameter("what", what)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private Handlers() {}
}
