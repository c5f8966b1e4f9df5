package org.shanpai.order.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.shanpai.order.orders.Order;

/** Records that hold something personal must not tell it in a log line. */
class PersonalRecordsTest {

  private static final String SECRET = "13912345678";
  private static final Pattern PERSONAL =
      Pattern.compile(
          "(?i)(contact)?(phone|phoneNumber|address|contactName|note|.*[iI]nstruction)");

  private record Planted(String contactPhone) {}

  private static List<Class<?>> personalRecords() throws Exception {
    Path classes = Path.of(Order.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes.resolve("org/shanpai/order"))) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(file -> name(classes.relativize(file)))
          .<Class<?>>map(PersonalRecordsTest::load)
          .filter(type -> type.isRecord() && type != Planted.class)
          .filter(PersonalRecordsTest::personal)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String name(Path file) {
    return file.toString().replace(".class", "").replace('/', '.');
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PersonalRecordsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean personal(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .anyMatch(
            part -> part.getType() == String.class && PERSONAL.matcher(part.getName()).matches());
  }

  private static String told(Class<?> type) throws ReflectiveOperationException {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    Object[] values = Arrays.stream(types).map(PersonalRecordsTest::value).toArray();
    return constructor.newInstance(values).toString();
  }

  private static Object value(Class<?> type) {
    if (type == String.class) {
      return SECRET;
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == double.class) {
      return 0.0;
    }
    if (type == long.class) {
      return 0L;
    }
    return type == int.class ? 0 : null;
  }

  @Test
  void theyAllKeepSilent() throws Exception {
    List<Class<?>> records = personalRecords();
    assertThat(records.stream().map(Class::getSimpleName))
        .contains("Contact", "Dropoff", "ContactAnswer", "ContactView");
    List<String> talkative = new ArrayList<>();
    for (Class<?> record : records) {
      if (told(record).contains(SECRET)) {
        talkative.add(record.getName());
      }
    }
    assertThat(talkative).isEmpty();
  }

  @Test
  void oneThatTellsWouldBeNoticed() throws Exception {
    assertThat(personal(Planted.class)).isTrue();
    assertThat(told(Planted.class)).contains(SECRET);
  }
}
