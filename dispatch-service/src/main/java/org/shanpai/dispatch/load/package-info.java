/** How busy an area is, for whoever promises times there. */
package org.shanpai.dispatch.load;
