package org.shanpai.order;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.shanpai.contracts.event.JobState;

/** A job's state with some of its fields as a test wants them. */
public final class JobTweak {

  private final JobState base;
  private final Map<String, Object> fields = new HashMap<>();

  private JobTweak(JobState base) {
    this.base = base;
  }

  public static JobTweak of(JobFixture fixture) {
    return new JobTweak(fixture.state());
  }

  /**
   * @throws IllegalArgumentException when a job has no such field
   */
  public JobTweak set(String field, Object value) {
    if (Arrays.stream(JobState.class.getRecordComponents())
        .noneMatch(component -> component.getName().equals(field))) {
      throw new IllegalArgumentException("A job has no " + field);
    }
    fields.put(field, value);
    return this;
  }

  public JobState state() {
    RecordComponent[] components = JobState.class.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        String name = components[i].getName();
        values[i] =
            fields.containsKey(name) ? fields.get(name) : components[i].getAccessor().invoke(base);
      }
      Constructor<JobState> whole = JobState.class.getDeclaredConstructor(types);
      return whole.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
