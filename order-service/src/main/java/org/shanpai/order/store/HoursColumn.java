package org.shanpai.order.store;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/**
 * Opening hours as {@link HoursText} in one column; null for a store that only goes by its switch.
 */
@Converter
public class HoursColumn implements AttributeConverter<OpeningHours, String> {

  @Override
  public String convertToDatabaseColumn(OpeningHours hours) {
    return hours == null ? null : HoursText.format(hours);
  }

  @Override
  public OpeningHours convertToEntityAttribute(String text) {
    return text == null ? null : HoursText.parse(text);
  }
}
