package org.shanpai.geo.revision;

import io.smallrye.mutiny.Uni;

/** Something held in memory that is read whole from the database when its revision changes. */
public interface Reloaded {

  Revisions.Kind kind();

  /** Reads it and swaps it in; runs inside a read session. */
  Uni<Void> reload();
}
