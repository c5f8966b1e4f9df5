/** Jobs that one rider gives to another (转单). */
package org.shanpai.dispatch.handover;
