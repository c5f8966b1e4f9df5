package org.shanpai.dispatch.area;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Says that something happened in an area for which its next wave should not wait: a new job, a
 * decline, a cancel, a rider who came online. Only a hint: a lost one costs one wave's interval.
 * Thread-safe.
 */
@ApplicationScoped
public class Alarm {

  private final Set<String> areas = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean everywhere = new AtomicBoolean();

  public void raise(String areaId) {
    areas.add(areaId);
  }

  /** For what belongs to no one area, such as a rider who came online. */
  public void raiseEverywhere() {
    everywhere.set(true);
  }

  /** Whether it was raised for the area since the last call. */
  public boolean take(String areaId) {
    return areas.remove(areaId);
  }

  /** Whether it was raised for all areas since the last call. */
  public boolean takeEverywhere() {
    return everywhere.getAndSet(false);
  }
}
