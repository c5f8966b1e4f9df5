package org.shanpai.order.orders;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Equipment codes, sorted, as one comma-separated column. */
@Converter
public class NeedsColumn implements AttributeConverter<Set<String>, String> {

  @Override
  public String convertToDatabaseColumn(Set<String> needs) {
    return String.join(",", new TreeSet<>(needs));
  }

  @Override
  public Set<String> convertToEntityAttribute(String text) {
    return text.isEmpty()
        ? Set.of()
        : Collections.unmodifiableSet(new TreeSet<>(List.of(text.split(","))));
  }
}
