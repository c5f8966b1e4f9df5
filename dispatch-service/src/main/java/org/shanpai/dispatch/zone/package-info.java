/** Parts of the city where no rider goes. */
package org.shanpai.dispatch.zone;
