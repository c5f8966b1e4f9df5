package org.shanpai.order.orders;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.shanpai.messaging.Json;

/** The parts of a fee as JSON text in one column; null for orders from before there were parts. */
@Converter
public class FeePartsColumn implements AttributeConverter<FeeParts, String> {

  @Override
  public String convertToDatabaseColumn(FeeParts parts) {
    return parts == null ? null : Json.write(parts);
  }

  @Override
  public FeeParts convertToEntityAttribute(String text) {
    return text == null ? null : Json.read(text, FeeParts.class);
  }
}
