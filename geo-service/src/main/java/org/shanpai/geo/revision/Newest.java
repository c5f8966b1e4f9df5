package org.shanpai.geo.revision;

/**
 * What was read last. Two reads may overtake each other while what they read is made ready; the one
 * that began later stays.
 */
public final class Newest<T> {

  private volatile T value;
  private long begun;
  private long kept;

  public Newest(T first) {
    this.value = first;
  }

  public T get() {
    return value;
  }

  /** A read begins. */
  public synchronized long begin() {
    return ++begun;
  }

  /** It has ended so. */
  public synchronized void keep(long ticket, T read) {
    if (ticket > kept) {
      kept = ticket;
      value = read;
    }
  }
}
