/** How long riders have worked, and when they get no more offers. */
package org.shanpai.dispatch.fatigue;
