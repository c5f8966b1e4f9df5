/** Pages looked at in a real browser. */
package org.shanpai.browser;
