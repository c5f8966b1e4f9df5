package org.shanpai.geo.position;

/** How one rider's phones behaved: what the next reading is judged by. Not thread-safe. */
final class Conduct {

  final Trust trust = new Trust();

  // A rider may change phones, or two of them send for a while.
  private PhoneSession session;
  private PhoneSession otherSession;

  /** Accuracy radius of the newest believed reading, metres. */
  float accuracyMetres;

  /** A reading that contradicts the newest, and how many in a row agree with it. */
  Reading suspect;

  int suspicions;

  // The last reading in plain numbers: there is one of it for every rider.
  private double lastLat = Double.NaN;
  private double lastLon;
  private double lastAccuracy;
  private long lastAt;

  /** How often the last reading came in a row, but for its number and time. */
  int sameInARow;

  /** Believed readings. */
  long readings;

  /** Wall milliseconds up to which the rider's requests have used their share. */
  long quotaUsedUntil;

  /** The session of that key, begun anew when it is neither of the last two. */
  PhoneSession session(long key) {
    if (session == null || session.key() != key) {
      PhoneSession known = otherSession != null && otherSession.key() == key ? otherSession : null;
      otherSession = session;
      session = known == null ? new PhoneSession(key) : known;
    }
    return session;
  }

  /** Compares the reading with the one before. */
  void follow(Reading reading) {
    boolean same =
        lastLat == reading.place().lat()
            && lastLon == reading.place().lon()
            && lastAccuracy == reading.accuracyMetres()
            && reading.at() > lastAt;
    sameInARow = same ? sameInARow + 1 : 1;
    lastLat = reading.place().lat();
    lastLon = reading.place().lon();
    lastAccuracy = reading.accuracyMetres();
    lastAt = reading.at();
  }
}
