package org.shanpai.order.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.shanpai.messaging.Json;
import org.shanpai.order.box.Box;

/** The boxes of an order as JSON text in one column; null for orders from before there were any. */
@Converter
public class BoxesColumn implements AttributeConverter<List<Box>, String> {

  private static final TypeReference<List<Box>> BOXES = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(List<Box> boxes) {
    return boxes == null ? null : Json.write(boxes);
  }

  @Override
  public List<Box> convertToEntityAttribute(String text) {
    try {
      return text == null ? null : Json.mapper().readValue(text, BOXES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The stored boxes of an order are not readable.", e);
    }
  }
}
