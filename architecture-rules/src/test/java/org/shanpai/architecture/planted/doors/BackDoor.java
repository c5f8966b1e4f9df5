package org.shanpai.architecture.planted.doors;

import io.vertx.mutiny.sqlclient.Pool;
import jakarta.ws.rs.GET;
import org.hibernate.reactive.mutiny.Mutiny;

/** Another way to the database, and an endpoint that does not say who may call. */
public class BackDoor {
  Pool pool;
  Mutiny.StatelessSession session;

  @GET
  public String open() {
    return "";
  }
}
