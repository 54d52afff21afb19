package io.checkoutmetrics.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventListColumnTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "11 | scCheckout",
                "1,2,10,11,12,13,14 | purchase,prodView,scOpen,scCheckout,scAdd,scRemove,scView",
                "111,211,1111,011,110 | evar12instances,event12,event912,011,evar11instances",
                "200,299,300,1199,1200 | event1,event100,event101,event1000,1200",
                "20100,20999,21000 | event101,event1000,21000",
                "100,199,10000,10149,10150 | evar1instances,evar100instances,evar101instances,evar250instances,10150",
                "11=2 | scCheckout=2",
                "284=7.00,285=7.50,286=.0,287=1.,288=-1.00 | event85=7,event86=7.50,event87=.0,event88=1.,event89=-1.00",
                "11:A1,11=2.0:A2,11:A3=2 | scCheckout:A1,scCheckout=2:A2,scCheckout:A3=2",
                "' 11 , ,2,' | scCheckout,prodView",
                "scCheckout,custom | scCheckout,custom",
                "99999999999999999999,-11,11.0,١١ | 99999999999999999999,-11,11.0,١١",
            })
    void numbers_becomeNames_andTheRestStays(String list, String events) {
        assertThat(new EventListColumn(EventNames.STANDARD).toEvents(list)).isEqualTo(events);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200=1^,11 | event1=1_11",
                "11:A^,11 | scCheckout:A_11",
                "11^=2 | 11_2",
                "200:a^;b^^c^x^ | event1:a;b^c^x^",
            })
    void escapedSeparators_neverMakeAnotherEvent(String list, String events) {
        assertThat(new EventListColumn(EventNames.STANDARD).toEvents(list)).isEqualTo(events);
    }

    @Test
    void lookup_correctsTheNumbers() {
        EventNames names = EventNames.correctedBy(Map.of("11", "Custom Event 7", "950", "Checkout", "5", "Cart Adds"));
        assertThat(new EventListColumn(names).toEvents("11,950=2,5,12")).isEqualTo("event7,scCheckout=2,scAdd,scAdd");
    }

    @Test
    void lookupInAnotherLanguage_correctsNothing() {
        EventNames names = EventNames.correctedBy(Map.of("11", "Passage en caisse", "200", "Inscription"));
        assertThat(new EventListColumn(names).toEvents("11,200")).isEqualTo("scCheckout,event1");
        assertThat(names.isCorrected()).isFalse();
    }
}
