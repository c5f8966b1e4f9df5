package org.shanpai.order.orders;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks at the hand-over, in their order, as one comma-separated column. */
@Converter
public class ChecksColumn implements AttributeConverter<Set<HandoverCheck>, String> {

  @Override
  public String convertToDatabaseColumn(Set<HandoverCheck> checks) {
    return checks == null
        ? ""
        : new TreeSet<>(checks).stream().map(Enum::name).collect(Collectors.joining(","));
  }

  @Override
  public Set<HandoverCheck> convertToEntityAttribute(String text) {
    if (text == null || text.isEmpty()) {
      return Set.of();
    }
    return Collections.unmodifiableSet(
        Arrays.stream(text.split(","))
            .map(HandoverCheck::valueOf)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(HandoverCheck.class))));
  }
}
